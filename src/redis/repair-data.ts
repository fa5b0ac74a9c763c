import { cp, mkdir, open, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Log } from '../core/log.ts';
import type { ServerProgram } from './find-server.ts';
import { RedisUnavailableError } from './redis-errors.ts';
import { runProgram } from './run-program.ts';
import { isTornTail } from './torn-tail.ts';

/**
 * Cuts off what a write left behind that a power cut or a kill broke off, so that the server starts again.
 * Only bytes that were never acknowledged are cut, and they are kept beside the data. Only whoever holds the
 * lock may call it, while no server runs.
 *
 * @throws {RedisUnavailableError} if the data is damaged in another way: cutting would forget what was published
 */
export async function repairData(server: ServerProgram, dir: string, log: Log): Promise<void> {
  const trial = join(dir, 'repair');
  await rm(trial, { recursive: true, force: true });
  await mkdir(trial, { mode: 0o700 });
  try {
    const files = await copyData(dir, trial);
    await cutCopy(server, trial, files);
    for (const file of files) await cutLikeCopy(dir, trial, file, log);
  } finally {
    await rm(trial, { recursive: true, force: true });
  }
}

/** Copies the append-only files and answers their names within the folder. */
async function copyData(dir: string, trial: string): Promise<readonly string[]> {
  const names = await readdir(dir, { recursive: true, withFileTypes: true });
  const files = names
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(dir.length + 1))
    .filter((name) => name.startsWith('appendonly'));
  for (const file of files) await cp(join(dir, file), join(trial, file));
  return files;
}

/** Redis's own program for it finds where the last whole command ends. */
async function cutCopy(
  server: ServerProgram,
  trial: string,
  files: readonly string[],
): Promise<void> {
  const target = files.find((name) => name.endsWith('.manifest')) ?? files[0];
  if (target === undefined) throw sayDamaged(trial, 'its files are gone');
  const result = await runProgram(server.file, ['--fix', join(trial, target)], {
    // The checker is the server under another name, and goes by the name it is called with.
    argv0: server.kind === 'valkey' ? 'valkey-check-aof' : 'redis-check-aof',
    input: 'y\n',
  });
  if (result.exitCode === 0) return;
  const words = `${result.stdout}\n${result.stderr}`.trim().split('\n').at(-1) ?? 'no words';
  throw sayDamaged(join(trial, '..'), words);
}

async function cutLikeCopy(dir: string, trial: string, name: string, log: Log): Promise<void> {
  const size = (await stat(join(dir, name))).size;
  const soundSize = (await stat(join(trial, name))).size;
  if (soundSize === size) return;
  await using file = await open(join(dir, name), 'r+');
  const cut = Buffer.alloc(size - soundSize);
  await file.read(cut, 0, cut.length, soundSize);
  if (!isTornTail(cut)) throw sayDamaged(dir, `${name} from byte ${soundSize} on`);
  const kept = join(dir, `cut-${new Date().toISOString().replaceAll(/[:.]/g, '-')}.aof`);
  await writeFile(kept, cut, { mode: 0o600, flush: true });
  await file.truncate(soundSize);
  await file.sync();
  log.warn(
    { file: join(dir, name), bytes: cut.length, kept },
    'Redis was stopped in the middle of a write that it had not acknowledged: that write was cut off, and everything before it is there.',
  );
}

function sayDamaged(dir: string, what: string): RedisUnavailableError {
  return new RedisUnavailableError(
    `The ledger in ${dir} is damaged (${what}). Carillon does not repair this by itself, as it could forget ` +
      'what was published and publish it again: put back a backup of the data directory, or ask whoever runs this machine.',
  );
}
