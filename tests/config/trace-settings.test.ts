import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readEnvironment } from '../../config/environment.ts';
import { readTraceSettings } from '../../config/trace-settings.ts';

test('traces are off, whatever else is set, until they are wanted', () => {
  const OTEL_EXPORTER_OTLP_ENDPOINT = 'http://collector:4318';

  assert.equal(readTraceSettings({ OTEL_EXPORTER_OTLP_ENDPOINT }), undefined);
  assert.equal(readTraceSettings({ CARILLON_TRACES: 'off' }), undefined);
});

test('they go where the variables of OpenTelemetry say, or to this machine', () => {
  const on = { CARILLON_TRACES: 'on' };
  const urlOf = (env: Record<string, string>) => readTraceSettings({ ...on, ...env })?.url;

  assert.deepEqual(readTraceSettings(on), {
    ...{ url: 'http://localhost:4318/v1/traces', headers: {}, serviceName: 'carillon' },
  });
  const all = { OTEL_EXPORTER_OTLP_ENDPOINT: 'https://otel.example.org/base/' };
  assert.equal(urlOf(all), 'https://otel.example.org/base/v1/traces');
  const own = { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://tempo:4318/traces' };
  assert.equal(urlOf({ ...all, ...own }), 'http://tempo:4318/traces');
  const named = readTraceSettings({ ...on, OTEL_SERVICE_NAME: 'carillon-test' });
  assert.equal(named?.serviceName, 'carillon-test');
});

test('headers are read as they are coded, and what is none is left out', () => {
  const OTEL_EXPORTER_OTLP_HEADERS = 'authorization=Basic%20YQ==, x-tenant = a=b ,broken,%=%zz';
  const settings = readTraceSettings({ CARILLON_TRACES: 'on', OTEL_EXPORTER_OTLP_HEADERS });

  assert.deepEqual(settings?.headers, {
    ...{ authorization: 'Basic YQ==', 'x-tenant': 'a=b', '%': '%zz' },
  });
});

test('a variable that cannot be used is named', () => {
  assert.throws(() => readTraceSettings({ CARILLON_TRACES: 'yes' }), /CARILLON_TRACES .*"on" or/);
  const env = { CARILLON_TRACES: 'on', OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4318' };
  assert.throws(() => readTraceSettings(env), /OTEL_EXPORTER_OTLP_ENDPOINT is no address/);
});

test('keys for a collector are secrets', async () => {
  const { secrets } = await readEnvironment(
    {
      OTEL_EXPORTER_OTLP_HEADERS: 'x-api-key=very-secret',
      OTEL_EXPORTER_OTLP_ENDPOINT: 'https://ada:hidden-too@otel.example.org',
      CARILLON_TRACES: 'on',
    },
    '/',
  );

  assert.ok(secrets.includes('very-secret') && secrets.includes('hidden-too'));
  assert.ok(!secrets.includes('on'));
});
