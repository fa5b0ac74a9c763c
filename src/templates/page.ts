import { markDirection } from './direction-marks.ts';
import type { Template } from './template.ts';
import { type Skeleton, skeletonFor, type Values, writeTemplate } from './write-template.ts';

/** A template being filled: writes it with the values so far, and knows what it measures. */
export interface Page {
  has(name: string): boolean;
  write(values: Values): string;
  /** What the text of these values measures. */
  size(values: Values): number;
  /** What is left of the limit for a value, beside the others and what the template puts around it. */
  roomFor(name: string, values: Values): number;
}

export interface PageRules {
  readonly template: Template;
  readonly limit: number;
  /** Length as the network counts it; of two texts with a space between, the sum of theirs and the space's. */
  readonly measure: (text: string) => number;
  readonly isRightToLeft: boolean;
}

export function openPage({ template, measure, limit, isRightToLeft }: PageRules): Page {
  const write = (values: Values) => {
    const text = writeTemplate(template, values);
    return isRightToLeft ? markDirection(text) : text;
  };
  /** Without direction marks. */
  const sum = (values: Values) => {
    const { names, constants } = skeletonFor(template, values);
    if (!isSpaced(constants)) return measure(writeTemplate(template, values));
    let size = measure(constants[0] ?? '');
    for (const [index, name] of names.entries()) {
      size += measure(values[name] ?? '') + measure(constants[index + 1] ?? '');
    }
    return size;
  };
  return {
    has: (name) => template.names.has(name),
    write,
    size: (values) => (isRightToLeft ? measure(write(values)) : sum(values)),
    roomFor: (name, values) => limit - sum({ ...values, [name]: '.' }) + measure('.'),
  };
}

/** True if white space stands around every value: only then do the parts measure what the whole does. */
function isSpaced(constants: Skeleton['constants']): boolean {
  const last = constants.length - 1;
  return constants.every(
    (constant, index) =>
      ((index === 0 && constant === '') || index === last || /\s$/u.test(constant)) &&
      ((index === last && constant === '') || index === 0 || /^\s/u.test(constant)),
  );
}
