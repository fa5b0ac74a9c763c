import { configOption } from '../src/processes/config-option.ts';
import { runProcess } from '../src/processes/process.ts';
import { runWorker } from '../src/processes/worker.ts';

await runProcess(() => runWorker('twitter', configOption()));
