import type { ZodType, z } from 'zod';
import { findNearest, suggestKnown } from './nearest.ts';
import type { Problem } from './problem.ts';
import { type Path, type Source, valueAt } from './source.ts';

export interface Checked<T> {
  /** Missing if there is any problem. */
  readonly value?: T;
  readonly problems: readonly Problem[];
}

type Issue = z.core.$ZodIssue;
type RawIssue = z.core.$ZodRawIssue;

/** Checks the part of a file at a path against a schema; each problem stands at its own line. */
export function checkPart<T>(schema: ZodType<T>, source: Source, path: Path): Checked<T> {
  const result = schema.safeParse(valueAt(source.value, path), { error: describeFault });
  if (result.success) return { value: result.data, problems: [] };
  return { problems: result.error.issues.flatMap((issue) => describeIssue(issue, source, path)) };
}

function describeIssue(issue: Issue, source: Source, base: Path): Problem[] {
  const path = [...base, ...issue.path.filter((step) => typeof step !== 'symbol')];

  if (issue.code === 'unrecognized_keys') {
    const known = issue.message.split('\n');
    return issue.keys.map((key) => unknownKey(source, [...path, key], known));
  }
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const fitting = findFittingBranch(issue.errors);
    if (fitting) return fitting.flatMap((inner) => describeIssue(inner, source, path));
  }
  const message = sayWhatIsWrong(issue, path, valueAt(source.value, path));
  return [{ ...source.placeOf(path), message, severity: 'error' }];
}

/** Of the forms that a value may take, the one that it has: its problems are those worth telling. */
function findFittingBranch(branches: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  return branches.find(
    (issues) => !issues.some((issue) => issue.code === 'invalid_type' && issue.path.length === 0),
  );
}

/** A key that nothing reads: most often a mistyped one. */
export function unknownKey(source: Source, path: Path, known: readonly string[]): Problem {
  const key = String(path.at(-1));
  const message =
    key === '<<'
      ? 'The merge key "<<" is no part of YAML 1.2. Write the keys out, or use "defaults".'
      : `There is no key "${key.slice(0, 100)}" here.${suggestKnown(key, known)}`;
  return { ...source.placeOf(path, 'key'), message, severity: 'error' };
}

function sayWhatIsWrong(issue: Issue, path: Path, value: unknown): string {
  const name = nameOf(path);
  if (value === undefined) return `${name} is missing: it ${issue.message}.`;
  const shown = typeof value === 'object' ? '' : ` is ${show(value)}, but`;
  const nearest =
    issue.code === 'invalid_value' && typeof value === 'string'
      ? findNearest(value, issue.values.map(String))
      : undefined;
  const hint = nearest === undefined ? '' : ` Did you mean "${nearest}"?`;
  return `${name}${value === null ? ' is empty, but' : shown} ${issue.message}.${hint}`;
}

function nameOf(path: Path): string {
  const last = path.at(-1);
  if (last === undefined) return 'The file';
  if (typeof last === 'string') return `"${last}"`;
  const list = path.findLast((step) => typeof step === 'string');
  return `Item ${last + 1} of "${list ?? ''}"`;
}

function show(value: unknown): string {
  const text = String(value);
  const shortened = text.length > 60 ? `${text.slice(0, 60)}…` : text;
  return typeof value === 'string' ? `"${shortened}"` : shortened;
}

/** The words after "must" for what the schema itself has no words for. */
function describeFault(issue: RawIssue): string {
  switch (issue.code) {
    case 'unrecognized_keys':
      return knownKeys(issue.inst).join('\n');
    case 'invalid_type':
      return `must be ${kindName(issue.expected)}${quotesHint(issue.expected, issue.input)}`;
    case 'invalid_value':
      return `must be ${issue.values.map((value) => `"${String(value)}"`).join(' or ')}`;
    case 'too_small':
      return issue.origin === 'number' || issue.origin === 'int'
        ? `must be ${issue.minimum} or more`
        : 'must not be empty';
    case 'too_big':
      return `must be ${issue.maximum}${issue.origin === 'string' ? ' characters' : ''} or less`;
    case 'invalid_union':
      return sayForms(issue.errors);
    default:
      return 'must have another form: see the description in the schema';
  }
}

function sayForms(branches: readonly (readonly Issue[])[]): string {
  const forms = branches.map((issues) => issues[0]?.message.replace(/^must be /, '') ?? '');
  return `must be ${forms.filter((form) => form !== '').join(' or ')}`;
}

function knownKeys(schema: unknown): string[] {
  const shape = (schema as { _zod?: { def?: { shape?: object } } } | undefined)?._zod?.def?.shape;
  return Object.keys(shape ?? {});
}

function kindName(expected: string): string {
  const names: Record<string, string> = {
    string: 'text',
    number: 'a number',
    int: 'a whole number',
    boolean: 'true or false',
    array: 'a list, such as [one, two]',
    object: 'a group of lines "key: value"',
    record: 'a group of lines "key: value"',
  };
  return names[expected] ?? expected;
}

function quotesHint(expected: string, input: unknown): string {
  if (expected !== 'string') return '';
  return typeof input === 'number' || typeof input === 'boolean'
    ? `: put it in quotes, as in "${String(input)}"`
    : '';
}
