import { closeSync, constants, openSync } from 'node:fs';
import { codeOf, RedisUnavailableError } from './redis-errors.ts';
import { runProgram } from './run-program.ts';

/** The right to run the server of a data directory. The kernel takes it back when its last holder has ended. */
export interface DataLock {
  /** Given to the server, which then holds the lock as well, for as long as it lives. */
  readonly fd: number;
  release(): void;
}

/** On macOS and the BSDs, opening a file can take its lock; Node has no name for that flag. */
const openExclusively = 0x20;

/**
 * Takes the lock, or answers undefined if somebody else has it. The file itself stays for ever: deleting a
 * lock file lets two processes lock two files of one name.
 *
 * @throws {RedisUnavailableError} where the system has no such lock
 */
export async function tryLock(file: string): Promise<DataLock | undefined> {
  const readWrite = constants.O_RDWR | constants.O_CREAT;
  switch (process.platform) {
    case 'linux': {
      const fd = openSync(file, readWrite, 0o600);
      const isOurs = await lockWithFlock(fd).catch((error: unknown) => {
        closeSync(fd);
        throw error;
      });
      if (isOurs) return asLock(fd);
      closeSync(fd);
      return undefined;
    }
    case 'darwin':
    case 'freebsd':
    case 'openbsd':
    case 'netbsd':
      try {
        return asLock(openSync(file, readWrite | constants.O_NONBLOCK | openExclusively, 0o600));
      } catch (error) {
        if (codeOf(error) === 'EAGAIN') return undefined;
        throw error;
      }
    default:
      throw new RedisUnavailableError(
        'Carillon runs a Redis of its own on Linux and macOS only: set REDIS_URL to a Redis that runs elsewhere.',
      );
  }
}

/** `flock` locks the open file that it shares with us, and ends; the lock stays with the file. */
async function lockWithFlock(fd: number): Promise<boolean> {
  const result = await runProgram('flock', ['-n', '3'], { inheritFd: fd });
  if (result.exitCode === 0) return true;
  if (result.exitCode === 1) return false;
  const reason = result.failure === 'ENOENT' ? 'is not installed' : 'does not work here';
  throw new RedisUnavailableError(
    `The program "flock" ${reason}, and without it two servers could destroy each other's data. ` +
      'Install the package util-linux, or set REDIS_URL to a Redis that runs elsewhere.',
  );
}

function asLock(fd: number): DataLock {
  let isHeld = true;
  return {
    fd,
    release() {
      if (isHeld) closeSync(fd);
      isHeld = false;
    },
  };
}
