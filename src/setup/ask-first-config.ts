import { type NetworkId, networkIds, networks } from '../networks/registry.ts';
import { readTimeZone } from '../schedule/time-zone.ts';
import { type FirstAccount, findRemoteIdFault, NAME_ENDINGS, REMOTE_IDS } from './first-config.ts';
import { AnswerError, type Question, type Questions } from './questions.ts';

/** What is known without asking, as it was written on the command line. */
export interface Given {
  readonly timezone?: string | undefined;
  /** Networks with commas or spaces between them. */
  readonly networks?: string | undefined;
  readonly name?: string | undefined;
}

export interface Answers {
  readonly timezone: string;
  readonly accounts: readonly FirstAccount[];
}

/**
 * Asks for what a first config needs. What is given is not asked for.
 *
 * @param zoneHere the time zone of this machine
 * @throws {AnswerError} if what is given cannot be used
 */
export async function askFirstConfig(
  questions: Questions,
  given: Given,
  zoneHere: string,
): Promise<Answers> {
  const timezone = await take(questions, given.timezone, {
    text: 'Time zone of the times in the config',
    usual: zoneHere,
    findFault: findZoneFault,
  });
  const written = await take(questions, given.networks, {
    text: 'Networks, with commas between them',
    usual: networkIds.join(', '),
    findFault: findNetworksFault,
  });
  const called = await take(questions, given.name, {
    text: 'A short name of your organisation, for the names of its accounts',
    usual: 'newsroom',
    findFault: findNameFault,
  });

  const accounts: FirstAccount[] = [];
  for (const network of readNetworks(written).known) {
    const remote = REMOTE_IDS[network];
    const remoteId =
      remote &&
      (await questions.ask({
        text: `${remote.question}, or Enter for an example`,
        usual: remote.example,
        findFault: (id) => findRemoteIdFault(network, id),
      }));
    accounts.push({ name: `${toName(called)}-${NAME_ENDINGS[network]}`, network, remoteId });
  }
  const zone = readTimeZone(timezone);
  return { timezone: 'timezone' in zone ? zone.timezone : timezone, accounts };
}

async function take(
  questions: Questions,
  given: string | undefined,
  question: Question,
): Promise<string> {
  if (given === undefined) return questions.ask(question);
  const fault = question.findFault?.(given.trim());
  if (fault !== undefined) throw new AnswerError(fault);
  return given.trim();
}

function findZoneFault(name: string): string | undefined {
  const reading = readTimeZone(name);
  return 'problem' in reading ? reading.problem : undefined;
}

/** People call the networks by more than one name. */
const OTHER_NAMES: Readonly<Record<string, NetworkId>> = {
  x: 'twitter',
  fb: 'facebook',
  yt: 'youtube',
};

function readNetworks(text: string): { known: readonly NetworkId[]; unknown: readonly string[] } {
  const words = text
    .toLowerCase()
    .split(/[\s,;]+/)
    .filter((word) => word !== '');
  const idOf = (word: string) => networkIds.find((id) => id === word) ?? OTHER_NAMES[word];
  return {
    // In the order of the registry, each once.
    known: networkIds.filter((id) => words.some((word) => idOf(word) === id)),
    unknown: words.filter((word) => idOf(word) === undefined),
  };
}

function findNetworksFault(text: string): string | undefined {
  const { known, unknown } = readNetworks(text);
  const all = networkIds.map((id) => `${id} (${networks[id].displayName})`).join(', ');
  if (unknown.length > 0)
    return `There is no network "${unknown[0]?.slice(0, 50)}". Known: ${all}.`;
  return known.length === 0 ? `At least one network is needed: ${all}.` : undefined;
}

function toName(called: string): string {
  return called.trim().toLowerCase().replace(/\s+/g, '-');
}

function findNameFault(name: string): string | undefined {
  if (/^[a-z0-9]([a-z0-9-]{0,60}[a-z0-9])?$/.test(toName(name))) return undefined;
  return `"${name.slice(0, 50)}" must consist of small letters a-z, digits and "-", such as "newsroom".`;
}
