import { isLocalUrl } from '../src/core/dashboard-access.ts';
import {
  type DashboardPerson,
  type DashboardSettings,
  passwordVariable,
  SHARED_PERSON,
} from '../src/core/dashboard-settings.ts';
import { findPasswordFault } from '../src/core/password-hash.ts';
import type { Place, Problem } from '../src/core/problem.ts';
import { checkPart } from '../src/core/schema-problems.ts';
import { type Source, valueAt } from '../src/core/source.ts';
import { dashboard } from './dashboard-schema.ts';
import { id } from './entry-schema.ts';
import type { Variables } from './variables.ts';

export interface DashboardReading {
  /** Missing if there is any mistake: of half a list of people nobody knows whom it was meant to keep out. */
  readonly settings?: DashboardSettings;
  readonly problems: readonly Problem[];
}

/** Reads the section `dashboard:`, and the passwords of its people from the environment. */
export function readDashboard(source: Source, variables: Variables): DashboardReading {
  const isWritten = (valueAt(source.value, ['dashboard']) ?? null) !== null;
  const { value: written, problems: found } = isWritten
    ? checkPart(dashboard, source, ['dashboard'])
    : { value: {}, problems: [] };
  const names = Object.keys(written?.people ?? {});
  const placeOf = (name: string) => source.placeOf(['dashboard', 'people', name], 'key');
  const passwordOf = (name: string) => variables[passwordVariable(name)]?.trim() || undefined;
  const problems = [
    ...found,
    ...names.flatMap((name) => findNameProblems(name, placeOf(name))),
    ...[SHARED_PERSON, ...names].flatMap((name) =>
      findHashProblem(
        name,
        passwordOf(name),
        name === SHARED_PERSON ? source.placeOf(['dashboard']) : placeOf(name),
      ),
    ),
  ];
  if (written === undefined || problems.length > 0) return { problems };

  const declared = Object.entries(written.people ?? {}).map(
    ([name, role]): DashboardPerson => ({ name, role, password: passwordOf(name) }),
  );
  const shared = passwordOf(SHARED_PERSON);
  const people: readonly DashboardPerson[] = [
    ...(shared === undefined
      ? []
      : [{ name: SHARED_PERSON, role: 'operator', password: shared } as const]),
    ...declared,
  ];
  const settings: DashboardSettings = {
    ...(written.url !== undefined && { url: new URL(written.url).origin }),
    isBehindProxy: written.behindProxy ?? false,
    people,
  };
  return { settings, problems: findClosedDoors(settings, source) };
}

function findNameProblems(name: string, place: Place): Problem[] {
  if (name === SHARED_PERSON) {
    const message = `"${name}" is the name of whoever has ${passwordVariable(name)}, who may do everything. Give this person another name.`;
    return [{ ...place, message, severity: 'error' }];
  }
  if (id.safeParse(name).success) return [];
  const message = `The name "${name.slice(0, 100)}" must consist of small letters a-z, digits and "-", as it becomes part of the name of a variable. Write it so.`;
  return [{ ...place, message, severity: 'error' }];
}

function findHashProblem(name: string, password: string | undefined, place: Place): Problem[] {
  const fault = password === undefined ? undefined : findPasswordFault(password);
  if (fault === undefined) return [];
  return [{ ...place, message: `${passwordVariable(name)} ${fault}`, severity: 'error' }];
}

/** Who cannot enter, though the config means them to. */
function findClosedDoors({ url, people }: DashboardSettings, source: Source): Problem[] {
  const closed = people
    .filter(({ password }) => password === undefined)
    .map(({ name }): Problem => {
      const place = source.placeOf(['dashboard', 'people', name], 'key');
      const message = `${name} has no password and cannot enter the dashboard. Set ${passwordVariable(name)} in the environment or in .env: "carillon password ${name}" makes a line for it.`;
      return { ...place, message, severity: 'warning' };
    });
  if (people.length > 0 || url === undefined || isLocalUrl(url)) return closed;
  const message = `Nobody can enter the dashboard: at ${url} it asks for a password, and there is none. Set CARILLON_DASHBOARD_PASSWORD in the environment or in .env, or name "people".`;
  return [{ ...source.placeOf(['dashboard', 'url']), message, severity: 'warning' }];
}
