import type { Account } from '../core/account.ts';
import { secretVariable } from '../core/secret-variable.ts';
import { ConnectError, type Way } from '../networks/connector.ts';

/** The way that was asked for, or the first for which the app's secrets are there. @throws {ConnectError} */
export function chooseWay(account: Account, ways: readonly Way[], wanted: string | undefined): Way {
  if (wanted === undefined) {
    const open = ways.find(({ missing }) => missing.length === 0);
    if (open === undefined) throw new ConnectError(sayWhatIsMissing(account, ways));
    return open;
  }
  const way = ways.find(({ id }) => id === wanted);
  if (way === undefined) {
    const known = ways.map(({ id, title }) => `${id} (${title})`).join(', ');
    throw new ConnectError(`${account.name} has no way "${wanted.slice(0, 40)}". Known: ${known}.`);
  }
  if (way.missing.length > 0) throw new ConnectError(sayWhatIsMissing(account, [way]));
  return way;
}

function sayWhatIsMissing(account: Account, ways: readonly Way[]): string {
  // Ways that want the same are told once.
  const told = ways.filter(
    (way, index) => ways.findIndex((one) => String(one.missing) === String(way.missing)) === index,
  );
  const wants = told.map(({ missing, whereToFind }) => {
    const variables = missing.map((field) => secretVariable(account.name, field));
    return `${variables.join(' and ')} (${whereToFind})`;
  });
  return `Before ${account.name} can be connected, Carillon has to know your app. Set ${wants.join('; or ')} in the environment or in .env.`;
}
