/** What the pages show and the walk does not run as it stands, and why. Of `carillon` the words are checked all the same. */
export const NOT_RUN: readonly (readonly [RegExp, string])[] = [
  [/^npm ci\b/, 'It installs what is installed, and runs until somebody ends it.'],
  [/^npm test$/, 'It is what runs this.'],
  [/^npm start$/, 'It builds, and is "carillon start", which runs all the while.'],
  [/^carillon start( --yes)?$/, 'It runs all the while: once for all pages.'],
  [/^carillon connect [a-z]/, 'Somebody logs in, in a browser.'],
];

export function whyNotRun(line: string): string | undefined {
  return NOT_RUN.find(([form]) => form.test(line))?.[1];
}
