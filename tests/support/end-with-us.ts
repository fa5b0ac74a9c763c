import type { ChildProcess } from 'node:child_process';

const children = new Set<ChildProcess>();
let isListening = false;

/** Sees to it that a child, even one that stands still, does not outlive this process, if that ends in an orderly way. */
export function endWithUs(child: ChildProcess): void {
  children.add(child);
  child.once('exit', () => children.delete(child));
  if (isListening) return;
  isListening = true;
  process.once('exit', () => {
    for (const each of children) each.kill('SIGKILL');
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => process.exit(130));
  }
}
