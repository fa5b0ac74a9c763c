import { suggestKnown } from '../core/nearest.ts';
import { toWellFormed } from '../excerpts/tidy.ts';
import { HOLE } from './mend-holes.ts';

/**
 * A text with places in it that an article fills. `{title}` is a placeholder; `{? by {author}}` is shown only if
 * everything in it has a value; `{{` is a brace. Any other brace stands for itself.
 */
export interface Template {
  readonly parts: readonly TemplatePart[];
  /** The placeholders in it, without braces. */
  readonly names: ReadonlySet<string>;
}

export type TemplatePart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'placeholder'; readonly name: string }
  | { readonly kind: 'optional'; readonly parts: readonly TemplatePart[] };

/** Something in a template that means nothing. */
export interface TemplateProblem {
  /** The words as they are written, by which they are found again. */
  readonly written: string;
  readonly message: string;
}

export interface TemplateReading {
  readonly template: Template;
  readonly problems: readonly TemplateProblem[];
}

const PLACEHOLDERS = [
  'title',
  'excerpt',
  'summary',
  'link',
  'hashtags',
  'tags',
  'author',
  '@author',
  'date',
  'site',
] as const;

/** The names that mean something: own words have no excerpt, as they are all of a post's words. */
export function namesKnownIn(
  place: 'template' | 'own words',
  people: readonly { readonly key: string }[] = [],
): readonly string[] {
  const names = PLACEHOLDERS.filter((name) => place === 'template' || name !== 'excerpt');
  return [...names, ...people.map(({ key }) => `@${key}`)];
}

/** A network's default template. */
export function builtIn(source: string): Template {
  return parseTemplate(source, PLACEHOLDERS).template;
}

/** A template of the config, which has checked it; the network's own where there is none. */
export function templateOr(
  own: Template,
  written: string | undefined,
  people?: readonly { readonly key: string }[],
): Template {
  if (written === undefined) return own;
  return parseTemplate(
    toWellFormed(written.replace(/\r?\n$/u, '')),
    namesKnownIn('template', people),
  ).template;
}

const SIGN = /\{\{|\{\?|\{\s*(@?[\p{L}\p{N}_][\p{L}\p{M}\p{N}_-]*)\s*\}|\}/gu;
const TWICE = /^\{\{\s*(@?[\p{L}\p{N}_][\p{L}\p{M}\p{N}_-]*)\s*\}\}/u;

/**
 * Reads a template. What means nothing is told, and stands in the text as it is written.
 *
 * @param known names of placeholders, mentions such as `@sara` among them
 */
export function parseTemplate(written: string, known: readonly string[]): TemplateReading {
  const source = written.replaceAll(HOLE, '');
  const parts: TemplatePart[] = [];
  const names = new Set<string>();
  const problems: TemplateProblem[] = [];
  let optional: TemplatePart[] | undefined;
  let opened = '';
  let from = 0;

  const add = (part: TemplatePart) => (optional ?? parts).push(part);
  const addText = (text: string) => {
    if (text !== '') add({ kind: 'text', text });
  };
  for (const match of source.matchAll(SIGN)) {
    const [sign, name] = match;
    addText(source.slice(from, match.index));
    from = match.index + sign.length;
    if (name !== undefined) {
      if (known.includes(name)) {
        names.add(name);
        add({ kind: 'placeholder', name });
      } else {
        addText(sign);
        problems.push({ written: sign, message: sayUnknown(sign, name, known) });
      }
    } else if (sign === '{?' && optional === undefined) {
      optional = [];
      opened = source.slice(match.index, match.index + 20);
    } else if (sign === '{?') {
      problems.push({ written: sign, message: NESTED });
    } else if (sign === '}' && optional !== undefined) {
      const inner = optional;
      optional = undefined;
      add({ kind: 'optional', parts: inner });
      if (!inner.some(({ kind }) => kind === 'placeholder')) {
        problems.push({ written: opened, message: ALWAYS });
      }
    } else if (sign === '{{') {
      const twice = TWICE.exec(source.slice(match.index, match.index + 200));
      if (twice?.[1] !== undefined && known.includes(twice[1])) {
        problems.push({
          written: twice[0],
          message: `Write {${twice[1]}} with one brace on each side.`,
        });
      }
      addText('{');
    } else addText(sign);
  }
  addText(source.slice(from));
  if (optional !== undefined) {
    parts.push(...optional);
    problems.push({ written: opened, message: UNCLOSED });
  }
  return { template: { parts, names }, problems };
}

const NESTED =
  'A part "{? …}" cannot hold another one. End the first with "}" before the second starts.';
const ALWAYS =
  'A part "{? …}" is shown only if the placeholders in it have a value, and this one has none. Put one in, or leave out "{?" and "}".';
const UNCLOSED = 'The part that starts with "{?" here never ends. End it with "}".';

const NO_EXCERPT =
  'There is no {excerpt} here. Own words are the whole text of a post: use "template" for one with an excerpt.';

function sayUnknown(written: string, name: string, known: readonly string[]): string {
  const shown = written.slice(0, 60);
  if (name === 'excerpt') return NO_EXCERPT;
  if (name.startsWith('@')) {
    const people = known.filter((each) => each.startsWith('@'));
    return `There is nobody "${name.slice(1, 60)}" under "people" for ${shown}.${suggestKnown(name, people)}`;
  }
  return `${shown} is no placeholder.${suggestKnown(name, known)} For a brace write {{.`;
}
