import { findDatelineEnd } from './dateline.ts';
import { isEmptyLine } from './empty-line.ts';
import { isPlug } from './plug.ts';

const LINE = /^[^\n]*/u;
const SENTENCE =
  /^[^\n]{0,320}?[.!?…。！？؟]["'”’»)\]]*(?=\s|$|\p{Script=Han}|\p{Script=Hiragana})/u;
const MOST = 12;

/**
 * Where the words of a text begin, after lines and sentences that say nothing of its article, and the dateline.
 * 0 if the text has no others.
 */
export function findLeadInEnd(text: string): number {
  let at = skipSpace(text, 0);
  const first = at;
  for (let round = 0; round < MOST; round += 1) {
    const rest = text.slice(at, at + 400);
    const line = LINE.exec(rest)?.[0].trim() ?? '';
    const length = isEmptyLine(line) ? LINE.exec(rest)?.[0].length : plugLength(rest);
    if (length === undefined || length === 0) break;
    at = skipSpace(text, at + length);
  }
  const end = at + findDatelineEnd(text.slice(at, at + 200));
  return end > first && /[\p{L}\p{N}]/u.test(text.slice(end)) ? end : 0;
}

function plugLength(rest: string): number {
  const sentence = SENTENCE.exec(rest)?.[0];
  return sentence !== undefined && isPlug(sentence) ? sentence.length : 0;
}

function skipSpace(text: string, from: number): number {
  const length = text.slice(from, from + 400).search(/\S/u);
  return length < 0 ? from : from + length;
}
