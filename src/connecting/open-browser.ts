import { spawn } from 'node:child_process';
import { once } from 'node:events';

/**
 * Opens an address in the browser of this machine. False if it has no program for that. The address is seen by
 * everybody who lists the processes: it must hold no secret.
 */
export async function openBrowser(
  address: string,
  program = process.platform === 'darwin' ? 'open' : 'xdg-open',
): Promise<boolean> {
  try {
    const child = spawn(program, [address], { stdio: 'ignore', detached: true });
    // It may still fail when nobody waits for it any more.
    child.on('error', () => {});
    await once(child, 'spawn');
    child.unref();
    return true;
  } catch {
    return false;
  }
}
