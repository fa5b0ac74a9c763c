import type { TraceSettings } from '../src/core/tracing.ts';
import { EnvironmentError } from './environment-error.ts';
import type { Variables } from './variables.ts';

/**
 * Where traces go, with `CARILLON_TRACES=on`; undefined without it. Everything else has the names that OpenTelemetry
 * gives it.
 *
 * @throws {EnvironmentError} if a variable cannot be used
 */
export function readTraceSettings(env: Variables): TraceSettings | undefined {
  const wanted = env.CARILLON_TRACES || 'off';
  if (wanted !== 'on' && wanted !== 'off') {
    throw new EnvironmentError(`CARILLON_TRACES is "${wanted}"; it takes "on" or "off".`);
  }
  if (wanted === 'off') return undefined;
  return {
    url: readUrl(env),
    headers: readHeaders(headersIn(env)),
    serviceName: env.OTEL_SERVICE_NAME || 'carillon',
  };
}

/** What else the log is not to show: whoever takes traces asks for keys in headers. */
export function secretsOfTraces(env: Variables): readonly string[] {
  return Object.values(readHeaders(headersIn(env)));
}

function readUrl(env: Variables): string {
  const own = env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT;
  const name = own ? 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT' : 'OTEL_EXPORTER_OTLP_ENDPOINT';
  const all = env.OTEL_EXPORTER_OTLP_ENDPOINT || 'http://localhost:4318';
  const text = own || `${all.replace(/\/+$/, '')}/v1/traces`;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') {
    throw new EnvironmentError(
      `${name} is no address that takes OTLP over HTTP; it takes one such as http://localhost:4318.`,
    );
  }
  return text;
}

function headersIn(env: Variables): string {
  return env.OTEL_EXPORTER_OTLP_TRACES_HEADERS || env.OTEL_EXPORTER_OTLP_HEADERS || '';
}

/** `name=value,name=value`, each coded as in an address. What is not so is left out. */
function readHeaders(text: string): Readonly<Record<string, string>> {
  const pairs = text.split(',').flatMap((pair) => {
    const [, name = '', value = ''] = /^\s*([^=\s]+)\s*=\s*(.*?)\s*$/.exec(pair) ?? [];
    return name === '' ? [] : [[name, decode(value)] as const];
  });
  return Object.fromEntries(pairs);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
