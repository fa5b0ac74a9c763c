import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { type ZodType, z } from 'zod';
import { configSchema, includedSchema } from './schema.ts';

/** What editors check and complete by while people type: the files in config/, and their texts. */
export function renderJsonSchemas(): ReadonlyMap<string, string> {
  return new Map([
    ['carillon.schema.json', render('Carillon config', configSchema)],
    [
      'publications.schema.json',
      render('Publications that a Carillon config includes', includedSchema),
    ],
  ]);
}

function render(title: string, schema: ZodType): string {
  const rendered = z.toJSONSchema(schema, { io: 'input', target: 'draft-7' });
  return `${JSON.stringify({ title, ...rendered }, null, 2)}\n`;
}

/** Run as a program, from the root of the project. */
const isProgram =
  process.argv[1] !== undefined &&
  import.meta.url === pathToFileURL(path.resolve(process.argv[1])).href;
if (isProgram) {
  for (const [name, text] of renderJsonSchemas()) {
    const file = path.resolve('config', name);
    await writeFile(file, text);
    process.stdout.write(`${path.relative(process.cwd(), file)} written\n`);
  }
}
