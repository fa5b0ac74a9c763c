import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { formWith, imageOf, openSandbox } from '../support/sandbox-client.ts';

async function temporaryDirectory(): Promise<{ path: string } & AsyncDisposable> {
  const path = await mkdtemp(join(tmpdir(), 'sandbox-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

const script = fileURLToPath(new URL('../support/sandbox-process.ts', import.meta.url));

describe('what the sandbox stored', () => {
  it('is all there after a restart, and ids go on', async () => {
    await using directory = await temporaryDirectory();
    const dataDir = directory.path;
    const image = formWith({ media_category: 'tweet_image' }, { name: 'media', bytes: imageOf() });
    const before = await openSandbox({ dataDir });
    const media = (await before.ask('/2/media/upload', { body: image })).json.data.id;
    const x = await before.ask('/2/tweets', {
      body: { text: 'Stays', media: { media_ids: [media] } },
    });
    const gone = await before.ask('/2/tweets', { body: { text: 'Goes' } });
    await before.ask(`/2/tweets/${gone.json.data.id}`, { method: 'DELETE' });
    const draft = await before.ask('/v24.0/42/feed', {
      body: { message: 'Draft', published: false },
    });
    await before.ask('/youtube/v3/posts?part=snippet', {
      body: { snippet: { textDisplay: 'Yes' } },
    });
    const token = { grant_type: 'refresh_token', refresh_token: 'once', client_id: 'a' };
    await before.ask('/2/oauth2/token', { body: token });
    const log = await before.log();
    await before.sandbox.close();

    await using after = await openSandbox({ dataDir });

    assert.deepEqual(await after.log(), log);
    const again = await after.ask('/2/tweets', { body: { text: 'Stays' } });
    assert.match(again.json.detail, /duplicate/);
    const next = await after.ask('/2/tweets', {
      body: { text: 'Next', media: { media_ids: [media] } },
    });
    assert.ok(BigInt(next.json.data.id) > BigInt(x.json.data.id));
    assert.equal((await after.ask('/2/oauth2/token', { body: token })).status, 400);
    const shown = await after.ask(`/v24.0/${draft.json.id}`, { body: { is_published: true } });
    assert.deepEqual(shown.json, { success: true });
    const picture = await fetch(`${after.url}/media/${log[0].media[0].sha256}`);
    assert.deepEqual(Buffer.from(await picture.arrayBuffer()), imageOf());
  });

  it('gives ids above all earlier ones even if the clock was set back', async () => {
    await using directory = await temporaryDirectory();
    const options = { dataDir: directory.path };
    const before = await openSandbox({ ...options, now: () => Date.parse('2030-01-01') });
    const late = await before.ask('/2/tweets', { body: { text: 'Late' } });
    await before.sandbox.close();

    await using after = await openSandbox({ ...options, now: () => Date.parse('2029-01-01') });
    const early = await after.ask('/2/tweets', { body: { text: 'Early' } });

    assert.ok(BigInt(early.json.data.id) > BigInt(late.json.data.id));
  });

  it('survives a torn last line, which is cut off', async () => {
    await using directory = await temporaryDirectory();
    const journal = join(directory.path, 'journal.jsonl');
    const before = await openSandbox({ dataDir: directory.path });
    await before.ask('/2/tweets', { body: { text: 'Whole' } });
    await before.sandbox.close();
    const whole = await readFile(journal, 'utf8');
    await appendFile(journal, '{"event":"posted","post":{"network":"twitter","te');

    const restarted = await openSandbox({ dataDir: directory.path });
    assert.equal(await readFile(journal, 'utf8'), whole);
    await restarted.ask('/2/tweets', { body: { text: 'More' } });
    await restarted.sandbox.close();
    await using after = await openSandbox({ dataDir: directory.path });

    const texts = (await after.log()).map((entry: { text: string }) => entry.text);
    assert.deepEqual(texts, ['Whole', 'More']);
  });

  it('says which line is damaged and keeps the others', async () => {
    await using directory = await temporaryDirectory();
    const lines: string[] = [];
    const before = await openSandbox({ dataDir: directory.path });
    await before.ask('/2/tweets', { body: { text: 'One' } });
    await before.sandbox.close();
    await appendFile(join(directory.path, 'journal.jsonl'), 'garbage\n');

    await using after = await openSandbox({
      dataDir: directory.path,
      log: (line) => lines.push(line),
    });

    assert.equal((await after.log()).length, 1);
    assert.match(lines.join(), /journal\.jsonl:\d+ is damaged/);
  });

  it('holds every post that was answered when the process is killed under load', async () => {
    await using directory = await temporaryDirectory();
    const child = spawn(process.execPath, ['--import', 'tsx', script, directory.path], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const url = await firstLine(child);
    const answered: string[] = [];
    let isOver = false;
    const send = async (sender: number): Promise<void> => {
      for (let count = 0; !isOver; count++) {
        const response = await fetch(`${url}/2/tweets`, {
          method: 'POST',
          headers: { authorization: 'Bearer sandbox:a', 'content-type': 'application/json' },
          body: JSON.stringify({ text: `${sender} ${count}` }),
        });
        answered.push(((await response.json()) as { data: { id: string } }).data.id);
        if (answered.length === 60) child.kill('SIGKILL');
      }
    };

    const exit = once(child, 'exit');
    await Promise.allSettled(Array.from({ length: 8 }, (_, sender) => send(sender)));
    isOver = true;
    await exit;

    await using after = await openSandbox({ dataDir: directory.path });
    const kept = new Set((await after.log()).map((entry: { id: string }) => entry.id));
    assert.ok(answered.length >= 60);
    assert.deepEqual(
      answered.filter((id) => !kept.has(id)),
      [],
    );
  });
});

async function firstLine(child: ChildProcess): Promise<string> {
  const [chunk] = (await once(child.stdout ?? process.stdin, 'data')) as [Buffer];
  return chunk.toString().trim();
}
