import { networkIds } from '../networks/registry.ts';
import { keepYoungMemorySmall } from '../processes/young-memory.ts';
import { type Call, CallError, EXIT } from './call.ts';

/** `carillon scheduler`, `worker NETWORK`, `sandbox` and `dashboard`: each does its work in this very process. */
export async function run(call: Call): Promise<number> {
  const config = call.valueOf('config');
  keepYoungMemorySmall();
  switch (call.command) {
    case 'scheduler':
      await (await import('../processes/scheduler.ts')).runScheduler(config, {
        applies: !call.has('no-apply'),
      });
      break;
    case 'worker':
      await (await import('../processes/worker.ts')).runWorker(networkNamed(call.args[0]), config);
      break;
    case 'sandbox':
      await (await import('../processes/sandbox.ts')).runSandbox();
      break;
    case 'dashboard':
      await (await import('../processes/dashboard.ts')).runDashboard(config);
      break;
  }
  return EXIT.done;
}

function networkNamed(name: string | undefined): string {
  const network = networkIds.find((id) => id === name);
  if (network !== undefined) return network;
  throw new CallError(`There is no network "${name}". Give one of: ${networkIds.join(', ')}.`);
}
