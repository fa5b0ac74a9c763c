#!/usr/bin/env node
import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { CallError, EXIT, type Io } from './call.ts';
import { parseRequest } from './parse-call.ts';

/**
 * Carries out one command line and answers the exit status. Whatever goes wrong is said on standard error in a
 * sentence. Loads only what the command needs: help and version wait for nothing.
 */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  try {
    const request = await parseRequest(argv, io);
    switch (request.kind) {
      case 'version':
        io.out(`${(await import('../core/version.ts')).readVersion()}\n`);
        return EXIT.done;
      case 'help': {
        const { helpOfAll, helpOfCommand } = await import('./help.ts');
        io.out(request.command ? helpOfCommand(request.command) : helpOfAll());
        return EXIT.done;
      }
      case 'run':
        return await (await request.command.load()).run(request.call);
    }
  } catch (error) {
    return tellError(error, argv, io);
  }
}

async function tellError(error: unknown, argv: readonly string[], io: Io): Promise<number> {
  if (error instanceof CallError) {
    io.err(`${error.message}\n`);
    return EXIT.wrongCall;
  }
  const { explainError } = await import('./explain-error.ts');
  const { message, exitStatus } = explainError(error);
  const clean = await openCleaner(io);
  io.err(clean(`${message}\n`));
  if (argv.includes('--verbose') && error instanceof Error) io.err(clean(`${error.stack}\n`));
  return exitStatus;
}

/** Errors of other people's code may quote what they were given. */
async function openCleaner({ env, cwd }: Io): Promise<(text: string) => string> {
  const { readEnvironment } = await import('../../config/environment.ts');
  const { createSecrets } = await import('../logging/redact.ts');
  // What keeps the environment from being read is what is told just now.
  const secrets = await readEnvironment(env, cwd).then(
    (environment) => environment.secrets,
    () => [],
  );
  return createSecrets(secrets).hideInText;
}

/** The terminal of this process. A reader that goes away (`| head`) stops the output, not the work. */
function openTerminal(): Io {
  const { stdout, stderr } = process;
  for (const stream of [stdout, stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
  return {
    out: (text) => stdout.writable && stdout.write(text),
    err: (text) => stderr.writable && stderr.write(text),
    get input() {
      return process.stdin;
    },
    columns: stdout.isTTY ? stdout.columns || 80 : 80,
    // Node itself heeds NO_COLOR and TERM=dumb here.
    hasColors: stdout.isTTY === true && stdout.hasColors(),
    isErrTerminal: stderr.isTTY === true,
  };
}

function isRunDirectly(): boolean {
  try {
    return realpathSync(process.argv[1] ?? '') === fileURLToPath(import.meta.url);
  } catch {
    return false;
  }
}

/** Carries out a command line as this whole process, and ends it with the exit status. */
export async function runAsProcess(argv: readonly string[]): Promise<void> {
  const status = await main(argv, openTerminal());
  // What was written reaches its reader first; what may still be open does not keep the process.
  process.stdout.write('', () => process.exit(status));
}

if (isRunDirectly()) await runAsProcess(process.argv.slice(2));
