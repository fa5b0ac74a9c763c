import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseHTML } from 'linkedom';
import type { Account } from '../../src/core/account.ts';
import type { Problem } from '../../src/core/problem.ts';
import { makeLink } from '../../src/dashboard/access/make-link.ts';
import type { Finding } from '../../src/doctor/finding.ts';
import { startTestDesk } from '../support/desk.ts';
import { aHold, anIntent, aPost, type Bench, posted, useLedgers } from '../support/ledger.ts';

/** Ends whatever it stands in, and begins a script in every way that a page has. */
const HOSTILE =
  '\'"></textarea></title></script></style><script>alert(1)</script><img src=x onerror=alert(1)><a href="javascript:alert(1)" style="color:red">';

const ACCOUNT = `page${HOSTILE}`;
const nameOf = (entry: string) =>
  `${entry}-${HOSTILE.replaceAll('/', '|')}/${ACCOUNT.replaceAll('/', '|')}`;
const NAMES = {
  failed: nameOf('a'),
  published: nameOf('b'),
  handOff: nameOf('c'),
  waiting: nameOf('d'),
};

const openLedger = useLedgers();
const hash = 'a'.repeat(64);

const hostilePost = () =>
  aPost({
    network: 'youtube',
    text: `Words ${HOSTILE}`,
    link: 'javascript:alert(1)',
    language: HOSTILE,
    media: [{ hash, type: 'image/png', size: 3, alt: HOSTILE, file: `${HOSTILE}.png` }],
  });

/** Publications in the states in which people look at them, with words of an attacker wherever others write. */
async function fillLedger(bench: Bench): Promise<void> {
  const { ledger } = bench;
  const intentOf = (publication: string) => anIntent({ publication, post: hostilePost() });
  const hostileError = { code: HOSTILE, message: HOSTILE, advice: HOSTILE };
  await ledger.add(intentOf(NAMES.failed));
  const failing = await bench.startSending({ publication: NAMES.failed });
  await ledger.finish(NAMES.failed, failing.fence, { kind: 'rejected', error: hostileError });
  await ledger.add(intentOf(NAMES.published));
  const sending = await bench.startSending({ publication: NAMES.published });
  const receipt = { remoteId: HOSTILE, url: 'javascript:alert(1)' };
  await ledger.finish(NAMES.published, sending.fence, posted({ receipt }));
  await ledger.add(intentOf(NAMES.handOff));
  await bench.claim({ assisted: true }, NAMES.handOff);
  const approval = { status: 'required', by: HOSTILE } as const;
  await ledger.add({ ...intentOf(NAMES.waiting), due: Date.now() + 60_000, approval });
  await ledger.pause(ACCOUNT, aHold({ reason: HOSTILE, by: HOSTILE }));
  await ledger.freeze(HOSTILE, HOSTILE);
}

const finding: Finding = {
  ...{ check: 'account', code: 'token', account: HOSTILE, message: HOSTILE },
  ...{ severity: 'error', remedy: HOSTILE },
};

async function startHostileDashboard() {
  const bench = openLedger();
  await fillLedger(bench);
  const { ledger } = bench;
  const problem: Problem = {
    ...{ file: HOSTILE, line: 1, column: 1, message: HOSTILE },
    severity: 'error',
  };
  const account: Account = {
    ...{ name: ACCOUNT, network: 'youtube', apiUrl: 'javascript:alert(1)', sandbox: false },
    ...{ settings: { channelId: HOSTILE, handle: HOSTILE, mode: 'assisted' }, secrets: {} },
  };
  const desk = await startTestDesk(bench, {
    accounts: [account],
    findings: [finding],
    data: {
      frozen: () => ledger.frozen(),
      brokenConfig: async () => ({
        ...{ file: HOSTILE, since: 1, problems: [problem], count: 1, by: HOSTILE },
      }),
      findings: async () => [finding],
      configFile: HOSTILE,
    },
  });
  const { cookie } = await desk.enter('olga');
  const links = await Promise.all(
    (['approve', 'hand-off'] as const).map(async (deed) => {
      const publication = deed === 'approve' ? NAMES.waiting : NAMES.handOff;
      const wish = { deed, publication, for: HOSTILE, forMs: 60_000 };
      const accountOf = () => account;
      const made = await makeLink(wish, { ledger, accountOf, store: desk.store });
      return 'path' in made ? made.path : assert.fail(made.refused);
    }),
  );
  const get = (path: string) => desk.get(path, { cookie, 'accept-language': 'en' });
  return { dashboard: { ...desk, get }, links, cookie };
}

/** Whatever in a page could run, or lead to something that runs. */
function dangersIn(html: string): readonly string[] {
  const { document } = parseHTML(html);
  return [...document.querySelectorAll('*')].flatMap((element) => {
    const attributes = [...element.attributes].map(({ name, value }) => [name, value] as const);
    const scripts = element.localName === 'script' && !element.getAttribute('src')?.startsWith('/');
    return [
      ...(scripts ? ['a script that stands in the page'] : []),
      ...attributes
        .filter(([name]) => name.startsWith('on') || name === 'style' || name === 'srcdoc')
        .map(([name]) => `<${element.localName} ${name}>`),
      ...attributes
        .filter(([name]) => ['href', 'src', 'action', 'formaction'].includes(name))
        .filter(([, value]) => !/^(?:\/(?!\/)|https?:|#|\?)/.test(value))
        .map(([name, value]) => `<${element.localName} ${name}="${value}">`),
    ];
  });
}

test('words of others run nowhere: in no field of an article, no name, no answer of a network, no finding', async () => {
  const { dashboard, links } = await startHostileDashboard();
  const query = encodeURIComponent(HOSTILE);
  const pages = dashboard.addresses
    .filter(
      ({ method, path }) => method === 'GET' && !path.startsWith('/queues') && path !== '/live',
    )
    .flatMap(({ path }) =>
      Object.values(NAMES).map((name) =>
        path
          .replace('/link/:token', links[0] ?? '')
          .replace(':hash', hash)
          .replaceAll(/:\w+\{[^}]*\}/g, name.split('/').map(encodeURIComponent).join('/'))
          .replaceAll(/:\w+/g, query),
      ),
    );
  const asked = [
    ...new Set(pages),
    ...links,
    `/history?search=${query}&state=${query}&account=${query}&page=${query}`,
    `/calendar?view=${query}&day=${query}`,
    '/calendar?view=list',
    '/calendar?view=week',
    `/enter?to=${query}`,
    `/link/${query}`,
    `/${query}`,
  ];

  let shown = 0;
  for (const path of asked) {
    const answer = await dashboard.get(path);
    assert.ok(answer.status < 500, `${path}: ${answer.status} ${String(dashboard.errors.at(-1))}`);
    const text = await answer.text();
    if (!answer.headers.get('content-type')?.startsWith('text/html')) continue;
    assert.deepEqual(dangersIn(text), [], path);
    if (text.includes('&lt;script&gt;alert(1)')) shown += 1;
  }
  assert.ok(shown > 8, `only ${shown} pages show what others wrote`);
  assert.deepEqual(dashboard.errors, []);
});

test('what a visitor has sent comes back as text', async () => {
  const { dashboard, links, cookie } = await startHostileDashboard();
  const formOf = async (path: string) => {
    const page = await (await dashboard.get(path)).text();
    const main = page.slice(page.indexOf('<main'));
    return /name="form" value="([^"]+)"/.exec(main)?.[1] ?? '';
  };
  const handOff = `/hand-off/${NAMES.handOff.split('/').map(encodeURIComponent).join('/')}`;

  for (const path of [handOff, links[1] ?? '']) {
    const form = await formOf(path);
    const answer = await dashboard.post(path, { form, url: HOSTILE }, { cookie });
    assert.equal(answer.status, 422);
    assert.deepEqual(dangersIn(await answer.text()), []);
  }
  const form = await formOf('/');
  const deeds = dashboard.addresses.filter(({ path }) => path.startsWith('/deeds/'));
  for (const { path } of deeds) {
    for (const publication of [...Object.values(NAMES), HOSTILE]) {
      const fields = { form, publication, account: ACCOUNT, url: HOSTILE, reason: HOSTILE };
      const answer = await dashboard.post(
        path,
        { ...fields, at: HOSTILE, shown: HOSTILE },
        { cookie },
      );
      assert.ok(answer.status < 500, `${path}: ${String(dashboard.errors.at(-1))}`);
      if (answer.headers.get('content-type')?.startsWith('text/html') !== true) continue;
      assert.deepEqual(dangersIn(await answer.text()), [], path);
    }
  }
  assert.ok(deeds.length > 5);
  const entered = await dashboard.post('/enter', { name: HOSTILE, password: HOSTILE, to: HOSTILE });
  assert.deepEqual(dangersIn(await entered.text()), []);
});

test('a script in a page would be found', () => {
  assert.equal(dangersIn('<p><script>alert(1)</script></p>').length, 1);
  assert.equal(dangersIn('<p><img src="/a" onerror="alert(1)"></p>').length, 1);
  assert.equal(dangersIn('<p><a href="javascript:alert(1)" style="a">x</a></p>').length, 2);
  assert.deepEqual(dangersIn('<p><a href="/a">x</a><script src="/a"></script></p>'), []);
});
