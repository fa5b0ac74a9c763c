/** A bar that moves on a terminal; elsewhere a line now and then. */
export interface Progress {
  show(done: number, words?: string): void;
  /** Takes the bar away. */
  clear(): void;
}

const everyMs = 10_000;

export function openProgress(total: number): Progress {
  const { stderr } = process;
  let saidAt = performance.now();
  return {
    show(done, words = '') {
      const share = Math.min(1, total === 0 ? 1 : done / total);
      const figures = `${Math.floor(done)}/${total}  ${words}`;
      if (stderr.isTTY) {
        const width = 24;
        const filled = Math.round(share * width);
        const bar = '█'.repeat(filled) + '░'.repeat(width - filled);
        stderr.write(`\r\u001b[2K${bar} ${figures}`.slice(0, (stderr.columns || 80) + 5));
      } else if (performance.now() - saidAt > everyMs) {
        saidAt = performance.now();
        stderr.write(`${figures}\n`);
      }
    },
    clear() {
      if (stderr.isTTY) stderr.write('\r\u001b[2K');
    },
  };
}
