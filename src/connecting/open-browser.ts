import { spawn } from 'node:child_process';
import { once } from 'node:events';

/**
 * Opens an address in the browser of this machine. False if there is none, as on a server. The address is seen by
 * everybody who lists the processes: it must hold no secret.
 */
export async function openBrowser(
  address: string,
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform = process.platform,
): Promise<boolean> {
  const program = browserOpener(env, platform);
  if (program === undefined) return false;
  try {
    const child = spawn(program, [address], { stdio: 'ignore', detached: true });
    child.on('error', () => {});
    await once(child, 'spawn');
    child.unref();
    return true;
  } catch {
    return false;
  }
}

/** The program that opens addresses; undefined where nobody would see a window. */
export function browserOpener(
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform,
): string | undefined {
  const isRemote = env.SSH_CONNECTION !== undefined || env.SSH_TTY !== undefined;
  if (platform === 'darwin') return isRemote ? undefined : 'open';
  const hasScreen = Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
  return platform === 'linux' && hasScreen ? 'xdg-open' : undefined;
}
