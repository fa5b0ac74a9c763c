import { readEnvironment } from '../../config/environment.ts';
import { loadFrame } from '../../config/load.ts';
import { openApp } from '../app.ts';
import { silentLog } from '../core/log.ts';
import type { Finding } from '../doctor/finding.ts';
import { surroundingsOf } from './process.ts';

/** What this process sends, once, before it waits to be let go of. */
export type ExaminationAnswer =
  | { readonly findings: readonly Finding[] }
  | { readonly error: string };

// Whoever started it lets go of it once it has the answer, or is gone.
process.once('disconnect', () => process.exit(0));
process.send?.(await examine(process.argv[2]));

async function examine(configFile: string | undefined): Promise<ExaminationAnswer> {
  try {
    const environment = await readEnvironment();
    const config = await loadFrame({ file: configFile });
    const log = Object.assign({ learnSecrets() {}, hide() {} }, silentLog);
    await using app = await openApp(config, {
      ...surroundingsOf(environment, log),
      traces: undefined,
    });
    return { findings: await app.examine({ isFresh: false }) };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}
