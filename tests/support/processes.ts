import { execFileSync } from 'node:child_process';

/** True if the process has ended, whether or not its parent has taken note. */
export function isGone(pid: number): boolean {
  try {
    return execFileSync('ps', ['-o', 'stat=', '-p', String(pid)])
      .toString()
      .trim()
      .startsWith('Z');
  } catch {
    return true;
  }
}
