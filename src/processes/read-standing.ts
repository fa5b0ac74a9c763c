import type { App } from '../app.ts';
import { type Standing, standingOf } from '../dashboard/standing.ts';

/** How accounts and the parts of Carillon are by now. */
export async function readStanding(app: App): Promise<Standing> {
  const { config, ledger, heartbeats } = app;
  const names = [...config.accounts.keys()];
  const [connected, sums, limited, beats, now] = await Promise.all([
    Promise.all(names.map((name) => app.isConnected(name).catch(() => undefined))),
    ledger.monthlySums(),
    ledger.lines(),
    heartbeats.all(),
    ledger.now(),
  ]);
  return standingOf({
    ...{ config, sums, limited, now },
    connected: new Map(names.map((name, i) => [name, connected[i]])),
    heartbeats: beats,
  });
}
