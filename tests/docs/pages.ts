import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Pages in the order in which a newcomer reads them; all others follow by name. */
const READ_FIRST = [
  'README.md',
  'docs/README.md',
  'docs/writing.md',
  'docs/scheduling.md',
  'docs/approving-and-correcting.md',
  'docs/going-live.md',
];

/** Every page of the project, by its path. */
export function listPages(): readonly string[] {
  const all = readdirSync('docs', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name))
    .filter((page) => !READ_FIRST.includes(page))
    .sort();
  return [...READ_FIRST, ...all];
}

export function readPage(page: string): string {
  return readFileSync(page, 'utf8');
}

/** What stands in the page's blocks of a language, each without the indent of the list it stands in. */
export function blocksOf(page: string, language: string): readonly string[] {
  const form = new RegExp(`^( *)\`\`\`${language}\\n([\\s\\S]*?)^\\1\`\`\`$`, 'gm');
  return [...readPage(page).matchAll(form)].map(([, indent = '', lines = '']) =>
    lines
      .split('\n')
      .map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line))
      .join('\n'),
  );
}

/** The page without its blocks: words, links and what is called by its name in the midst of a sentence. */
export function wordsOf(page: string): string {
  return readPage(page).replace(/^( *)```[\s\S]*?^\1```$/gm, '');
}

/** As the web makes the anchor of a heading: letters, digits, and a dash for each blank. */
export function anchorsOf(page: string): readonly string[] {
  return [...wordsOf(page).matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}_ -]/gu, '')
      .trim()
      .replaceAll(' ', '-'),
  );
}
