import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { assertCallable } from '../support/callable.ts';
import { readDockerfile } from '../support/dockerfile.ts';

const stages = readDockerfile('Dockerfile');
const runtime = stages.at(-1);
const manifest = JSON.parse(readFileSync('package.json', 'utf8'));

/** What the last stage, or another, says by an instruction. */
function said(name: string, stage = runtime): readonly string[] {
  return (stage?.instructions ?? []).filter((one) => one.name === name).map(({ rest }) => rest);
}

test('the image is built in stages, of one pinned base, from no registry of its own', () => {
  const names = stages.map(({ name }) => name);
  const foreign = stages.map(({ base }) => base).filter((base) => !names.includes(base));

  assert.deepEqual(names, ['build', 'production', 'runtime']);
  assert.deepEqual([...new Set(foreign)], ['node:22-bookworm-slim']);
});

test('everything that is copied is there, and is let into the build', () => {
  const rules = readFileSync('.dockerignore', 'utf8').split('\n');
  const copies = stages.flatMap((stage) => said('COPY', stage).map((rest) => rest.split(/\s+/)));
  const sources = copies
    .filter(([first]) => !first?.startsWith('--'))
    .flatMap((words) => words.slice(0, -1));
  const origins = copies.flatMap(([first = '']) => /^--from=(.+)$/.exec(first)?.[1] ?? []);

  assert.ok(sources.length >= 7);
  assert.ok(rules.includes('*'));
  for (const source of sources) {
    assert.ok(existsSync(source), source);
    assert.ok(rules.includes(`!${source.split('/')[0]}`), `${source} is left out by .dockerignore`);
  }
  for (const origin of origins)
    assert.ok(
      stages.some(({ name }) => name === origin),
      origin,
    );
});

test('no secret and no data of the folder goes to the build', () => {
  const rules = readFileSync('.dockerignore', 'utf8').split('\n');

  for (const name of ['**/.env', '**/.env.*', '**/.carillon']) {
    assert.ok(rules.indexOf(name) > rules.findLastIndex((rule) => rule.startsWith('!')), name);
  }
});

test('every script of npm that the build runs is in package.json', () => {
  const scripts = stages
    .flatMap((stage) => said('RUN', stage))
    .flatMap((line) => [...line.matchAll(/npm run ([\w:-]+)/g)].map(([, script]) => script ?? ''));

  assert.ok(scripts.length > 0);
  for (const script of scripts) assert.ok(script in manifest.scripts, script);
});

test('every command that the build or the container runs is one of Carillon', async () => {
  const built = stages
    .flatMap((stage) => said('RUN', stage))
    .flatMap((line) => /^node dist\/src\/cli\/main\.js (.+)$/.exec(line)?.[1]?.split(' ') ?? []);
  const [entry = ''] = said('ENTRYPOINT');
  const [command = ''] = said('CMD');

  assert.deepEqual(JSON.parse(entry), ['tini', '--', 'carillon']);
  assert.ok(
    said('RUN').some((line) => line.includes('dist/src/cli/main.js /usr/local/bin/carillon')),
  );
  await assertCallable(built);
  await assertCallable(JSON.parse(command));
});

test('what the image leaves out of googleapis, no source asks for', () => {
  const kept = stages.flatMap((stage) => said('RUN', stage)).join(' ');
  const imports = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .flatMap((name) => [
      ...readFileSync(join('src', name), 'utf8').matchAll(/'(googleapis[^']*)'/g),
    ])
    .map(([, path]) => path);

  assert.match(kept, /googleapis\/build\/src\/apis .*! -name youtube/);
  assert.ok(existsSync('node_modules/googleapis/build/src/apis/youtube'));
  assert.ok(imports.length > 0);
  for (const path of imports) assert.match(path ?? '', /^googleapis\/build\/src\/apis\/youtube\//);
});

test('it runs as a user without rights, who owns the volume of the data and nothing else', () => {
  const environment = said('ENV').join(' ');

  assert.deepEqual(said('USER'), ['1000:1000']);
  assert.deepEqual(said('VOLUME'), ['["/data"]']);
  assert.match(environment, /NODE_ENV=production/);
  assert.match(environment, /CARILLON_DATA_DIR=\/data\b/);
  assert.ok(
    said('RUN').some((line) => line.includes('--owner=node --group=node --mode=0700 /data')),
  );
  assert.ok(said('COPY').every((rest) => !rest.includes('--chown')));
});

test('it says which version it is', () => {
  assert.deepEqual(said('ARG'), [`VERSION=${manifest.version}`]);
  assert.match(said('LABEL').join(' '), /image\.version="\$\{VERSION\}"/);
});

test('the health check tells a dashboard that answers from one that does not', async (context) => {
  const [, json = '[]'] = /CMD (\[.+\])$/.exec(said('HEALTHCHECK')[0] ?? '') ?? [];
  const [program = '', ...args] = JSON.parse(json) as readonly string[];
  let status = 200;
  const paths: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    paths.push(request.url);
    response.writeHead(status).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  context.after(() => server.close());
  const { port } = server.address() as AddressInfo;
  const check = () =>
    promisify(execFile)(program, args, {
      env: { ...process.env, CARILLON_DASHBOARD_PORT: String(port) },
    });

  await check();
  status = 503;
  await assert.rejects(check(), { code: 1 });
  await new Promise((resolve) => server.close(resolve));
  await assert.rejects(check(), { code: 1 });

  assert.equal(program, 'node');
  assert.deepEqual(paths, ['/healthz', '/healthz']);
});
