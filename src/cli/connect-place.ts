import type { App } from '../app.ts';
import type { Person } from '../connecting/person.ts';
import type { Account } from '../core/account.ts';
import type { Connector } from '../networks/connector.ts';

/** Who is connected to what. */
export interface ConnectPlace {
  readonly account: Account;
  readonly connector: Connector;
  readonly app: App;
  readonly person: Person;
}
