import { type Parsed, parseYaml } from './parse-yaml.ts';

/** Reads a JSON text by JSON's own rules, with places as in YAML. Never throws. */
export function parseJson(text: string, file: string): Parsed {
  try {
    JSON.parse(text);
  } catch (error) {
    return {
      problems: [{ file, ...findPlace(text, error), message: describe(text), severity: 'error' }],
    };
  }
  // Every JSON text is YAML 1.2 with the same meaning, and that parser knows the places.
  return parseYaml(text, file);
}

function describe(text: string): string {
  if (text.trim() === '') return 'The file is empty. Write the config in it.';
  return 'This is not valid JSON. Check for a missing or extra comma, single quotes, or a comment.';
}

function findPlace(text: string, error: unknown): { line: number; column: number } {
  const position = /at position (\d+)/.exec(error instanceof Error ? error.message : '')?.[1];
  const before = text.slice(0, position === undefined ? text.length : Number(position));
  const lines = before.split('\n');
  return { line: lines.length, column: (lines.at(-1) ?? '').length + 1 };
}
