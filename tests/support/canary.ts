import { randomBytes } from 'node:crypto';

/** A secret that is easily found again, whole or in part, in whatever coding. */
export interface Canary {
  readonly name: string;
  readonly value: string;
}

export function makeCanary(name: string, around = (core: string) => `${core}+/=&"<`): Canary {
  const core = randomBytes(24)
    .toString('hex')
    .replaceAll(/[aeiou]/g, 'Q');
  return { name, value: around(core) };
}

/** Where a canary sings: the places in a text that tell of it, with a few words around. */
export function findCanaries(canaries: readonly Canary[], text: string): readonly string[] {
  return canaries.flatMap(({ name, value }) => {
    const found = tracesOf(value).find((trace) => text.includes(trace));
    if (found === undefined) return [];
    const at = text.indexOf(found);
    return [`${name}: …${text.slice(Math.max(0, at - 80), at + 60)}…`];
  });
}

/** The first characters are enough to tell; those that every coding leaves together. */
function tracesOf(value: string): readonly string[] {
  const first = value.match(/\w{12,}/)?.[0] ?? value;
  const start = value.indexOf(first);
  const core = Buffer.from(first.slice(0, 16));
  const shifted = [0, 1, 2].map((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), core])
      .toString('base64')
      .replace(/=+$/, '');
    return text.slice(shift + 1, -1);
  });
  const hex = core.toString('hex');
  return [value.slice(start, start + 12), ...shifted, hex, hex.toUpperCase()];
}
