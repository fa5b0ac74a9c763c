import { type LoadOptions, loadConfig, loadFrame } from '../../config/load.ts';
import type { ConfigFrame } from '../core/config.ts';
import { ConfigError, type Problem } from '../core/problem.ts';
import type { ScheduleSettings } from '../core/schedule.ts';
import { type FileMarks, gatherMarks } from '../watching/file-marks.ts';

/** What can be asked for. */
export interface ConfigParts {
  /** All but the entries. */
  readonly frame: ConfigFrame;
  /** The frame of a config that is whole, and what there is besides. */
  readonly outline: {
    readonly frame: ConfigFrame;
    readonly entries: number;
    readonly warnings: readonly Problem[];
  };
  readonly schedule: ScheduleSettings;
}

/** What this process sends, once, before it waits to be let go of. */
export type ConfigAnswer = { readonly marks: FileMarks } & (
  | { readonly found: ConfigParts[keyof ConfigParts] }
  | { readonly problems: readonly Problem[] }
  | { readonly error: { readonly name: string; readonly message: string } }
);

const readers: {
  readonly [Part in keyof ConfigParts]: (options: LoadOptions) => Promise<ConfigParts[Part]>;
} = {
  frame: loadFrame,
  async outline(options) {
    const { config, warnings } = await loadConfig(options);
    const { entries, feeds: _, people: __, schedule: ___, ...frame } = config;
    return { frame, entries: entries.length, warnings };
  },
  schedule: async (options) => (await loadConfig(options)).config.schedule,
};

// Whoever started it lets go of it once it has the answer, or is gone.
process.once('disconnect', () => process.exit(0));
const [part = 'frame', file] = process.argv.slice(2) as [keyof ConfigParts, string | undefined];
process.send?.(await read());

async function read(): Promise<ConfigAnswer> {
  const { marks, note } = gatherMarks();
  try {
    return { marks, found: await readers[part]({ file, note }) };
  } catch (error) {
    if (error instanceof ConfigError) return { marks, problems: error.problems };
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    return { marks, error: { name, message } };
  }
}
