import { resolve } from 'node:path';
import { count } from '../core/words.ts';
import { type Call, EXIT } from './call.ts';
import { withApp } from './open.ts';
import { printJson, printLines } from './print.ts';

/** `carillon backup FILE` */
export function run(call: Call): Promise<number> {
  const { io, args } = call;
  const file = resolve(io.cwd ?? '', args[0] ?? '');
  return withApp(call, async (app) => {
    const { publications, keys } = await app.backUp(file);
    if (call.has('json')) {
      printJson(io, { file, publications, keys });
      return EXIT.done;
    }
    printLines(io, [
      `${count(publications, 'publication')} and all that Carillon remembers beside them are in ${file}.`,
      'The key that opens the tokens in it is not. Keep a copy of it apart from the backup: it is the file "secret-key" in the data directory, or CARILLON_SECRET_KEY.',
      'Nor are the files in "journal" in the data directory of each host: what was sent since, and what was archived. Copy them too.',
    ]);
    return EXIT.done;
  });
}
