import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { configSchema } from './schema.ts';

/** The text of config/carillon.schema.json: what editors check and complete by while people type. */
export function renderJsonSchema(): string {
  const schema = z.toJSONSchema(configSchema, { io: 'input', target: 'draft-7' });
  return `${JSON.stringify({ title: 'Carillon config', ...schema }, null, 2)}\n`;
}

/** Run as a program, from the root of the project. */
const isProgram =
  process.argv[1] !== undefined &&
  import.meta.url === pathToFileURL(path.resolve(process.argv[1])).href;
if (isProgram) {
  const file = path.resolve('config', 'carillon.schema.json');
  await writeFile(file, renderJsonSchema());
  process.stdout.write(`${path.relative(process.cwd(), file)} written\n`);
}
