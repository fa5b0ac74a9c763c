import type { Redis } from 'ioredis';
import type { LimitOwner } from '../core/limits.ts';
import type { scriptRunner } from './script-runner.ts';
import {
  type AttemptOutcome,
  LATENESS_BOUNDS_MS,
  type LatenessTally,
  type LimitRoom,
  type Overdue,
  type Tallies,
} from './tallies.ts';

type Flat = readonly (string | number)[];
type TalliesReply = readonly [
  lateness: Flat,
  attempts: Flat,
  replacements: Flat,
  due: Flat,
  unconfirmed: Flat,
  duplicates: number,
  now: string,
];

/** What the ledger counts, as Redis keeps it. */
export function openRedisTallies(
  redis: Redis,
  base: string,
  run: ReturnType<typeof scriptRunner>,
): Tallies {
  return {
    async tallies() {
      const reply = (await run('tallies')) as TalliesReply;
      const [lateness, attempts, replacements, due, unconfirmed, duplicates, now] = reply;
      return {
        lateness: readLateness(rowsOf(lateness, 2)),
        attempts: rowsOf(attempts, 2).map(([key, count]) => {
          const [network = '', account = '', outcome] = String(key).split(' ');
          return { network, account, outcome: outcome as AttemptOutcome, count: Number(count) };
        }),
        replacements: readNumbers(replacements),
        due: new Map(
          rowsOf(due, 3).map(([network, since, count]): [string, Overdue] => [
            String(network),
            { since: Number(since), count: Number(count) },
          ]),
        ),
        unconfirmedSince: readNumbers(unconfirmed),
        duplicates,
        now: Number(now),
      };
    },
    async limitRooms(accounts) {
      if (accounts.length === 0) return [];
      const wanted = accounts.flatMap(({ account, limits }) => [
        account,
        limits.app ?? '',
        JSON.stringify(limits),
      ]);
      const rooms = (await run('limitRooms', ...wanted)) as Flat[];
      return rooms.map(
        ([account, of, limit, left, most]): LimitRoom => ({
          account: String(account),
          of: of as LimitOwner,
          limit: String(limit),
          left: Number(left),
          most: Number(most),
        }),
      );
    },
    async countReplacement(network) {
      await redis.hincrby(`${base}replacements`, network, 1);
    },
  };
}

function rowsOf(flat: Flat, width: number): Flat[] {
  return Array.from({ length: flat.length / width }, (_, i) =>
    flat.slice(i * width, (i + 1) * width),
  );
}

function readNumbers(flat: Flat): ReadonlyMap<string, number> {
  return new Map(rowsOf(flat, 2).map(([name, number]) => [String(name), Number(number)]));
}

function readLateness(rows: readonly Flat[]): readonly LatenessTally[] {
  const known = new Map(rows.map(([key, count]) => [String(key), Number(count)]));
  const kinds = new Set([...known.keys()].map((key) => key.slice(0, key.lastIndexOf(' '))));
  const bounds = [...LATENESS_BOUNDS_MS.map(String), 'more'];
  return [...kinds].sort().map((kind) => {
    const [network = '', waited] = kind.split(' ');
    return {
      network,
      isHeldBack: waited === 'held',
      counts: bounds.map((bound) => known.get(`${kind} ${bound}`) ?? 0),
      sumMs: known.get(`${kind} sum`) ?? 0,
    };
  });
}
