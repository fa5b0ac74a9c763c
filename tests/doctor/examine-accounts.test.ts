import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import type { Redis } from 'ioredis';
import type { Account } from '../../src/core/account.ts';
import { UnauthorizedError } from '../../src/core/errors.ts';
import { examineAccounts } from '../../src/doctor/examine-accounts.ts';
import { openRedisExaminations } from '../../src/doctor/redis-examinations.ts';
import type { AccountFacts } from '../../src/networks/account-facts.ts';
import type { Session } from '../../src/networks/network.ts';
import { aPublication } from '../support/publications.ts';
import { startTestRedis, type TestRedis } from '../support/redis.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOW = Date.UTC(2026, 10, 24, 8);

let server: TestRedis;
let redis: Redis;
before(async () => {
  server = await startTestRedis();
  redis = server.connect();
});
beforeEach(() => redis.flushall());
after(() => server.stop());

const account: Account = {
  ...{ name: 'page', network: 'facebook', apiUrl: 'https://graph.facebook.com' },
  ...{ sandbox: false, settings: { pageId: '1' }, secrets: {} },
};
const well: AccountFacts = {
  ...{
    whose: '@city',
    ends: [{ code: 'token', at: NOW + 20 * DAY, what: 'its token' }],
    remarks: [],
  },
  clockAheadMs: 1_000,
};

interface Examined {
  readonly isFresh?: boolean;
  readonly account?: Account;
  readonly now?: number;
  readonly version?: number;
}

/** Accounts that answer by a function, which is told how often they were asked. */
function openBench(answer: (signal: AbortSignal) => Promise<AccountFacts>) {
  const examinations = openRedisExaminations(redis, '{test}:examinations');
  let asked = 0;
  const due = NOW + 25 * DAY;
  const others = aPublication({ account: 'another', due });
  const mine = aPublication({ publication: 'spring/page', account: 'page', due });
  const examine = (over: Examined = {}) =>
    examineAccounts(
      {
        ...{ accounts: [over.account ?? account], timezone: 'UTC', timeoutMs: 50, examinations },
        ledger: { now: async () => over.now ?? NOW, list: async () => [others, mine] },
        versionOf: async () => over.version ?? 1,
        networkOf: () => ({ displayName: 'Facebook', isAssisted: () => false }),
        async open() {
          asked += 1;
          return { examine: answer } as Pick<Session, 'examine'> as Session;
        },
      },
      { isFresh: over.isFresh ?? false },
    );
  return { examine, examinations, asked: () => asked };
}

test('publications of the account alone are held against the end of its token', async () => {
  const { examine, examinations } = openBench(async () => well);

  const findings = await examine();

  assert.deepEqual(
    findings.map(({ check, severity }) => [check, severity]),
    [
      ['clock', 'ok'],
      ['account', 'ok'],
      ['account', 'warning'],
    ],
  );
  assert.match(findings[2]?.message ?? '', /one publication is at risk: spring\/page/);
  assert.deepEqual(await examinations.findings(['page']), findings.slice(1));
  assert.deepEqual(await examinations.findings(['another']), []);
});

test('an account is asked once a day, and by a person whenever they like', async () => {
  const { examine, asked } = openBench(async () => well);

  await examine();
  await examine({ now: NOW + 22 * HOUR });
  assert.equal(asked(), 1);
  await examine({ now: NOW + 24 * HOUR });
  assert.equal(asked(), 2);
  await examine({ now: NOW + 24 * HOUR, isFresh: true });
  assert.equal(asked(), 3);
});

test('what it said is judged anew by the time that has passed', async () => {
  const { examine } = openBench(async () => well);

  await examine();
  const later = await examine({ now: NOW + 22 * HOUR });

  assert.match(later.at(-1)?.code ?? '', /later$/);
  const soon = openBench(async () => ({
    ...well,
    ends: [{ code: 'token', at: NOW + 7.5 * DAY, what: 'its token' }],
  }));
  await soon.examine({ isFresh: true });
  const [, , end] = await soon.examine({ now: NOW + 22 * HOUR });
  assert.match(end?.code ?? '', /7$/);
});

test('an account that is described or connected anew is asked again', async () => {
  const { examine, asked } = openBench(async () => well);

  await examine();
  await examine({ account: { ...account, settings: { pageId: '2' } } });
  await examine({ account: { ...account, settings: { pageId: '2' } }, version: 2 });

  assert.equal(asked(), 3);
});

test('a refusal is a finding, and is asked about again within the hour', async () => {
  const { examine, asked } = openBench(async () => {
    throw new UnauthorizedError('The token is dead.', { code: 'facebook:190' });
  });

  const [finding] = await examine();
  await examine({ now: NOW + HOUR / 2 });
  await examine({ now: NOW + HOUR });

  assert.equal(finding?.code, 'refused facebook:190');
  assert.equal(asked(), 2);
});

test('a network that heeds nothing is given up', async () => {
  const { examine } = openBench(() => new Promise(() => {}));

  const [finding] = await examine();

  assert.equal(finding?.severity, 'error');
  assert.match(finding.message, /did not answer in time/);
});

test('what is kept is forgotten some days after the last look', async () => {
  const { examine } = openBench(async () => well);

  await examine();

  const days = (await redis.pttl('{test}:examinations')) / DAY;
  assert.ok(days > 2.9 && days <= 3, `${days} days`);
});
