import { lightRequire } from './light-require.ts';
import type { Place } from './problem.ts';

const { CST, Lexer } = lightRequire<typeof import('yaml')>('yaml');

const deepest = 50;

/**
 * Where brackets or dashes are nested deeper than anyone means, or undefined. The parser finds that out
 * too, but takes seconds for it.
 */
export function findDeepNesting(text: string): Pick<Place, 'line' | 'column'> | undefined {
  if (!mayBeDeep(text)) return undefined;

  let line = 1;
  let column = 1;
  let brackets = 0;
  let marksOfLine = 0;

  for (const token of new Lexer().lex(text)) {
    const type = CST.tokenType(token);
    if (type === 'flow-map-start' || type === 'flow-seq-start') brackets++;
    if (type === 'flow-map-end' || type === 'flow-seq-end') brackets = Math.max(0, brackets - 1);
    if (type === 'seq-item-ind' || type === 'explicit-key-ind') marksOfLine++;
    if (brackets > deepest || marksOfLine > deepest) return { line, column };

    const feeds = token.split('\n').length - 1;
    if (feeds > 0) marksOfLine = 0;
    line += feeds;
    column = feeds > 0 ? token.length - token.lastIndexOf('\n') : column + tokenWidth(token);
  }
  return undefined;
}

/** Quick and too careful: counts brackets in texts and quotes too. */
function mayBeDeep(text: string): boolean {
  if (/(?:[-?][ \t]+){50}/.test(text)) return true;

  let depth = 0;
  for (const [bracket] of text.matchAll(/[[\]{}]/g)) {
    depth = bracket === '[' || bracket === '{' ? depth + 1 : Math.max(0, depth - 1);
    if (depth > deepest) return true;
  }
  return false;
}

/** The lexer speaks of some things by control characters that are not in the text. */
function tokenWidth(token: string): number {
  return token === CST.DOCUMENT || token === CST.FLOW_END || token === CST.SCALAR
    ? 0
    : token.length;
}
