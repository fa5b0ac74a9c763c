import type { Document, ErrorCode } from 'yaml';
import { lightRequire } from './light-require.ts';
import type { Place, Problem } from './problem.ts';
import type { Source } from './source.ts';
import { findDeepNesting } from './yaml-depth.ts';
import { readPlainData } from './yaml-plain.ts';

const { LineCounter, parseDocument } = lightRequire<typeof import('yaml')>('yaml');

/** The source is missing if the text cannot be read at all; other problems leave the rest of it usable. */
export interface Parsed {
  readonly source?: Source;
  readonly problems: readonly Problem[];
}

/** One slip makes many errors after it: the first ones are the ones to mend. */
const mostProblems = 20;

const startLength = 16_384;
const mostErrorsOfStart = 100;

/**
 * Reads one YAML 1.2 document of plain data: no tags, no merge keys, no second document. Repeats by `&name`
 * and `*name` are allowed within bounds. Never throws, whatever the text.
 */
export function parseYaml(text: string, file: string): Parsed {
  const tooDeep = findDeepNesting(text);
  if (tooDeep)
    return refuse(
      { file, ...tooDeep },
      'This is nested too deeply to be meant. Remove brackets or dashes.',
    );

  const startProblems = text.length > startLength ? readStart(text, file) : [];
  if (startProblems.length > 0) return { problems: startProblems };

  const { document, placeAt } = parse(text, file);
  const syntax = readErrors(document, text, placeAt);
  if (syntax.length > 0) return { problems: syntax };
  return readPlainData(document, file, text, placeAt);
}

/** A large file that is no YAML at all would take many seconds: its start shows it at once. */
function readStart(text: string, file: string): Problem[] {
  const feed = text.lastIndexOf('\n', startLength);
  const start = text.slice(0, feed < 0 ? startLength : feed + 1);
  const { document, placeAt } = parse(start, file);
  return document.errors.length > mostErrorsOfStart ? readErrors(document, start, placeAt) : [];
}

interface ParsedDocument {
  readonly document: Document;
  readonly placeAt: (offset: number) => Place;
}

function parse(text: string, file: string): ParsedDocument {
  const lineCounter = new LineCounter();
  // Own keys are compared in `readPlainData`: the library's check takes quadratic time.
  const document = parseDocument(text, { lineCounter, prettyErrors: false, uniqueKeys: false });
  const placeAt = (offset: number): Place => {
    const { line, col } = lineCounter.linePos(offset);
    return { file, line: Math.max(1, line), column: Math.max(1, col) };
  };

  return { document, placeAt };
}

function refuse(place: Place, message: string): Parsed {
  return { problems: [{ ...place, message, severity: 'error' }] };
}

function readErrors(
  document: Document,
  text: string,
  placeAt: (offset: number) => Place,
): Problem[] {
  const problems = new Map<number, Problem>();
  for (const error of [...document.errors, ...document.warnings]) {
    const place = placeAt(error.pos[0]);
    if (problems.has(place.line)) continue;
    if (problems.size === mostProblems) break;
    const message = hasForeignIndent(text, error.pos[0])
      ? FOREIGN_INDENT
      : describe(error.code, error.message, text.slice(error.pos[0], error.pos[0] + 40));
    problems.set(place.line, { ...place, message, severity: 'error' });
  }

  if (speaksOldYaml(document, text)) {
    const message = 'Carillon reads YAML 1.2. Remove the %YAML line.';
    problems.set(1, { ...placeAt(0), message, severity: 'error' });
  }
  return [...problems.values()].sort((a, b) => a.line - b.line);
}

const FOREIGN_INDENT =
  'This line starts with spaces that are not plain ones, as web pages and word processors use. Delete them and type spaces.';

/** True if the line of an offset is indented with no-break or zero-width spaces: people cannot see those. */
function hasForeignIndent(text: string, offset: number): boolean {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  return /^ *[\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000\ufeff]/.test(
    text.slice(start, start + 200),
  );
}

/** Under %YAML 1.1 `no` would be false and 12:30 a number: words and times would change their meaning. */
function speaksOldYaml(document: Document, text: string): boolean {
  const yaml = document.directives?.yaml;
  if (!yaml?.explicit) return false;
  const [prologue = ''] = text.split(/^---/m, 1);
  return yaml.version !== '1.2' || (prologue.match(/^%YAML\b/gm) ?? []).length > 1;
}

const sentences: Partial<Record<ErrorCode, string>> = {
  TAB_AS_INDENT: 'A tab stands at the start of this line. Indent with spaces.',
  BLOCK_AS_IMPLICIT_KEY:
    'There are two ": " here, or the indentation differs from the lines around. Put text that holds ": " in quotes, and indent all lines of a section alike.',
  MULTILINE_IMPLICIT_KEY:
    'This line is neither "key: value" nor an item that starts with "- ". Check the colon and the indentation.',
  BAD_INDENT: 'This is not indented like its neighbours, or a bracket before it is not closed.',
  MULTIPLE_DOCS: 'A second document starts here. Remove the line "---", or use another file.',
  RESOURCE_EXHAUSTION: 'This is nested too deeply to be meant. Remove brackets or dashes.',
  BAD_DQ_ESCAPE: 'This backslash means nothing here. Write it twice, or use single quotes.',
  TAG_RESOLVE_FAILED:
    'A word that starts with "!" is a YAML tag, and those mean nothing here. Remove it, or put the text in quotes.',
  BAD_ALIAS:
    'A word that starts with "*" repeats something named with "&". Put the text in quotes if it is text.',
  KEY_OVER_1024_CHARS: 'This key is too long. Check the quotes and colons on this line.',
};

function describe(code: ErrorCode, reason: string, at: string): string {
  if (code === 'BAD_SCALAR_START') {
    return `Text cannot start with ${at.slice(0, 1)} unless it stands in quotes. Put quotes around it.`;
  }
  if (code === 'MISSING_CHAR' && /quote/.test(reason)) {
    return 'The quote that is opened here, or before, is never closed. Close it.';
  }
  return (
    sentences[code] ??
    `This is not valid YAML: ${reason}. Check quotes, brackets, colons and spaces here.`
  );
}
