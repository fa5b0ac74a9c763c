import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { renderJsonSchemas } from '../../config/json-schema.ts';
import { renderKeyReference } from '../../config/key-reference.ts';
import { renderCommandReference } from './command-reference.ts';

/** What is written anew whenever the schema or the table of commands has changed. From the root of the project. */
const files = new Map([
  ...[...renderJsonSchemas()].map(([name, text]) => [path.join('config', name), text] as const),
  [path.join('docs', 'config.md'), renderKeyReference()],
  [path.join('docs', 'commands.md'), renderCommandReference()],
]);
for (const [file, text] of files) {
  await writeFile(file, text);
  process.stdout.write(`${file} written\n`);
}
