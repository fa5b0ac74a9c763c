import { configOption } from '../src/processes/config-option.ts';
import { runProcess } from '../src/processes/process.ts';
import { runScheduler } from '../src/processes/scheduler.ts';

await runProcess(() => runScheduler(configOption()));
