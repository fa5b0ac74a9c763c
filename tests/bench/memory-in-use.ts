import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** The memory of a process, in bytes. */
export interface InUse {
  readonly pid: number;
  readonly args: string;
  /** What is in memory for it, pages that it shares with others included. */
  readonly rss: number;
  /** The same, with each shared page divided among those who share it. Undefined where the system does not tell. */
  readonly pss: number | undefined;
}

/** That of a process and of all that came of it. */
export function readMemory(root: number): readonly InUse[] {
  const rows = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,rss=,args='])
    .toString()
    .split('\n')
    .flatMap((line) => {
      const [, pid, ppid, rss, args = ''] = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
      return pid === undefined
        ? []
        : [{ pid: Number(pid), ppid: Number(ppid), rss: Number(rss) * 1024, args }];
    });
  const family = new Set([root]);
  // Children have not always higher numbers than their parents.
  for (let before = 0; before < family.size; ) {
    before = family.size;
    for (const { pid, ppid } of rows) if (family.has(ppid)) family.add(pid);
  }
  return rows
    .filter(({ pid }) => family.has(pid))
    .map(({ pid, rss, args }) => ({ pid, args, rss, pss: readPss(pid) }));
}

function readPss(pid: number): number | undefined {
  try {
    const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
    return Number(/^Pss:\s+(\d+) kB/m.exec(rollup)?.[1]) * 1024;
  } catch {
    return undefined;
  }
}
