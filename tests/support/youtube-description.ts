import { Ajv } from 'ajv';
import type { Heard } from './answering-server.ts';
import type { Description } from './description.ts';
import { lacks, readSpec } from './shared-specs.ts';
import { postOperations } from './youtube-posts-schema.ts';

/** Google's discovery file for channels, which has no posts yet, and for these a schema of our own. */
export const youtubeDescription: Description = {
  name: "Google's pages on posts, as far as they are known",
  absent: false,
  read: readYoutubeDescription,
};

/** Why channels cannot be held against Google's own file here, or false. */
export const lacksDiscovery = lacks(
  'youtube.v3.discovery.json',
  "Google's discovery file for YouTube",
);

interface Discovery {
  readonly parameters: Record<string, DiscoveryParameter>;
  readonly resources: Record<string, { readonly methods?: Record<string, DiscoveryMethod> }>;
}
interface DiscoveryMethod {
  readonly flatPath: string;
  readonly httpMethod: string;
  readonly parameters: Record<string, DiscoveryParameter>;
}
interface DiscoveryParameter {
  readonly type: string;
  readonly required?: boolean;
  readonly maximum?: string;
}

function readYoutubeDescription(): (heard: Heard) => readonly string[] {
  const ajv = new Ajv({ strict: false, allErrors: true });
  const discovery = lacksDiscovery
    ? undefined
    : (readSpec('youtube.v3.discovery.json') as Discovery);

  const problemsOfPosts = (heard: Heard, url: URL): string[] => {
    const operation = postOperations[`${heard.method} ${url.pathname}`];
    if (operation === undefined) return [`no ${heard.method} ${url.pathname}`];
    const query = Object.fromEntries(url.searchParams);
    const type = heard.headers['content-type']?.split(';', 1)[0] ?? '';
    const isJson = type === 'application/json';
    const body = isJson && heard.body !== '' ? (JSON.parse(heard.body) as unknown) : undefined;
    const validate = ajv.compile(operation.schema);
    const isRight = validate({ query, ...(body === undefined ? {} : { body }) });
    const wrong = isRight ? [] : (validate.errors ?? []).map(tell);
    const isType = operation.types === undefined || operation.types.includes(type);
    return isType ? wrong : [...wrong, `content type ${type}`];
  };

  return (heard) => {
    const url = new URL(heard.url, 'http://youtube');
    // Google's token endpoint is described elsewhere, as OAuth 2.0 is.
    if (url.pathname === '/token') return [];
    if (/^\/(?:upload\/)?youtube\/v3\/posts(?:\/|$)/.test(url.pathname))
      return problemsOfPosts(heard, url);
    return discovery === undefined ? [] : problemsByDiscovery(discovery, heard, url);
  };
}

function problemsByDiscovery(discovery: Discovery, heard: Heard, url: URL): string[] {
  const methods = Object.values(discovery.resources).flatMap((one) =>
    Object.values(one.methods ?? {}),
  );
  const method = methods.find(
    ({ flatPath, httpMethod }) => `/${flatPath}` === url.pathname && httpMethod === heard.method,
  );
  if (method === undefined) return [`no ${heard.method} ${url.pathname}`];
  const known = { ...discovery.parameters, ...method.parameters };
  const missing = Object.entries(method.parameters)
    .filter(([name, { required }]) => required && !url.searchParams.has(name))
    .map(([name]) => `query ${name} is missing`);
  const wrong = [...url.searchParams]
    .filter(([name, value]) => known[name] === undefined || !isValue(value, known[name]))
    .map(([name, value]) => `query ${name}=${value}`);
  return [...missing, ...wrong];
}

function isValue(value: string, { type, maximum }: DiscoveryParameter): boolean {
  if (type === 'boolean') return value === 'true' || value === 'false';
  if (type === 'integer') return /^\d+$/.test(value) && Number(value) <= Number(maximum ?? value);
  return value !== '';
}

function tell(error: { instancePath: string; message?: string; params: object }): string {
  return `${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`;
}
