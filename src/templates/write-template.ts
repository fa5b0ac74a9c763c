import { HOLE, mendHoles } from './mend-holes.ts';
import type { Template, TemplatePart } from './template.ts';

/** What stands for each placeholder; nothing, or an empty text, leaves it out. */
export type Values = Readonly<Record<string, string>>;

/** What is left of a template once it is known which of its placeholders have values. */
export interface Skeleton {
  /** The placeholders that are filled, in their order. */
  readonly names: readonly string[];
  /** The text before each of them, and after the last: one more. */
  readonly constants: readonly string[];
}

const skeletons = new WeakMap<Template, Map<string, Skeleton>>();

/**
 * The template for values of which some are missing: the constant text around those closes up, all other constant
 * text stays as it is.
 */
export function skeletonFor(template: Template, values: Values): Skeleton {
  let known = skeletons.get(template);
  if (known === undefined) {
    known = new Map();
    skeletons.set(template, known);
  }
  let key = '';
  for (const name of template.names) key += values[name] ? '1' : '0';
  const found = known.get(key);
  if (found !== undefined) return found;
  const made = makeSkeleton(template, values);
  known.set(key, made);
  return made;
}

/** The template with its values filled in. */
export function writeTemplate(template: Template, values: Values): string {
  const { names, constants } = skeletonFor(template, values);
  let text = constants[0] ?? '';
  for (const [index, name] of names.entries()) {
    text += (values[name] ?? '') + (constants[index + 1] ?? '');
  }
  return text;
}

function makeSkeleton(template: Template, values: Values): Skeleton {
  const names: string[] = [];
  const constants = [''];
  const addConstant = (text: string) => constants.push((constants.pop() ?? '') + text);
  const addParts = (parts: readonly TemplatePart[]) => {
    for (const part of parts) {
      if (part.kind === 'text') addConstant(part.text);
      else if (part.kind === 'optional') {
        if (hasAll(part.parts, values)) addParts(part.parts);
        else addConstant(HOLE);
      } else if (!values[part.name]) addConstant(HOLE);
      else {
        names.push(part.name);
        constants.push('');
      }
    }
  };
  addParts(template.parts);
  const mended = constants.map((constant, index) =>
    mendHoles(constant, { isStart: index === 0, isEnd: index === names.length }),
  );
  return { names, constants: mended };
}

function hasAll(parts: readonly TemplatePart[], values: Values): boolean {
  return parts.every((part) => part.kind !== 'placeholder' || values[part.name]);
}
