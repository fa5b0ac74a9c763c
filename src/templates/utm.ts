import { toWellFormed } from '../excerpts/tidy.ts';
import { parseTemplate } from './template.ts';
import { writeTemplate } from './write-template.ts';

/** What analytics are told with a link. A key whose value is empty is left out. */
export interface UtmRules {
  /** By key, without `utm_`: `source`, `medium` … */
  readonly values: Readonly<Record<string, string>>;
  /** True if parameters that the link has already give way. */
  readonly isReplacing: boolean;
}

// A signature covers the whole query: with anything added, the link would be refused.
const SIGNATURE =
  /^(?:x-(?:amz|goog|oss|cos)-signature|(?:amz|aws)?signature|sig|sign|hmac|hash|hdnea|hdnts|__token__|token|jwt|expires|key-pair-id|policy)$/i;

/**
 * A link with UTM parameters in its query, all else as it is: path, other parameters, fragment, and how they are
 * written. Parameters that it has already are kept. Left alone: whatever is no web address, and signed links.
 */
export function addUtm(link: string, { values, isReplacing }: UtmRules): string {
  if (!/^https?:\/\//i.test(link)) return link;
  const [base = '', ...hash] = link.split('#');
  const fragment = hash.length > 0 ? `#${hash.join('#')}` : '';
  const mark = base.indexOf('?');
  const address = mark < 0 ? base : base.slice(0, mark);
  const written = mark < 0 ? [] : base.slice(mark + 1).split('&');
  if (written.some((parameter) => SIGNATURE.test(keyOf(parameter)))) return link;

  const wanted = Object.entries(values).filter(([, value]) => value !== '');
  if (wanted.length === 0) return link;
  const isWanted = (parameter: string) =>
    wanted.some(([key]) => keyOf(parameter).toLowerCase() === `utm_${key}`);
  const kept = isReplacing ? written.filter((parameter) => !isWanted(parameter)) : written;
  const existing = new Set(kept.map((parameter) => keyOf(parameter).toLowerCase()));
  const added = wanted
    .filter(([key]) => !existing.has(`utm_${key}`))
    .map(([key, value]) => `utm_${key}=${escapeValue(value)}`);
  const query = [
    ...kept.filter((parameter, index) => parameter !== '' || index < kept.length - 1),
    ...added,
  ];
  return query.length === 0 ? address + fragment : `${address}?${query.join('&')}${fragment}`;
}

function keyOf(parameter: string): string {
  const [key = ''] = parameter.split('=', 1);
  try {
    return decodeURIComponent(key);
  } catch {
    return key;
  }
}

/** In per cent also what networks take for the end of an address. */
function escapeValue(value: string): string {
  return encodeURIComponent(toWellFormed(value)).replace(
    /[!'()*]|\.$/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** A value with `{network}`, `{account}` and `{entry}` filled in. */
export function fillNames(value: string, names: Readonly<Record<string, string>>): string {
  const { template } = parseTemplate(value, Object.keys(names));
  return writeTemplate(template, names);
}
