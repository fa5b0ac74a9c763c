/** The page around the posts: light and dark, from a narrow telephone to a wide screen, and on paper. */
export const pageStyle = `
:root {
  color-scheme: light dark;
  --ground: light-dark(#f3f2ef, #16181b);
  --sheet: light-dark(#ffffff, #1f2226);
  --ink: light-dark(#1c1e21, #e8eaed);
  --quiet: light-dark(#5b6068, #a9b0b9);
  --line: light-dark(#d9d8d3, #383d44);
  --accent: light-dark(#7a3b00, #ffb870);
  --error: light-dark(#a3121f, #ff9aa2);
  --error-ground: light-dark(#fdebec, #43161b);
  --warning: light-dark(#704a00, #f2c14e);
  --warning-ground: light-dark(#fff4d9, #3a2e0d);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Noto Sans Arabic", "Noto Sans CJK JP", sans-serif;
}
*, *::before, *::after { box-sizing: border-box; }
html { scroll-padding-top: 1rem; -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--ground); color: var(--ink); overflow-wrap: anywhere; }
h1, h2, h3, h4, h5, p, ul, ol { margin: 0; padding: 0; }
ul, ol { list-style: none; }
a { color: inherit; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
.skip { position: absolute; inset-inline-start: -999rem; }
.skip:focus { position: static; display: block; padding: .75rem 1rem; }
.top, .filter, .columns { max-width: 100rem; margin: 0 auto; padding: 0 clamp(.75rem, 3vw, 2rem); }
.top { padding-top: clamp(1rem, 3vw, 2rem); }
.top h1 { font-size: 1.6rem; line-height: 1.25; }
.top h1 small { font-size: 1rem; font-weight: 400; color: var(--quiet); }
.top p { color: var(--quiet); font-size: .875rem; max-width: 46rem; margin-top: .5rem; }
.counts { display: flex; flex-wrap: wrap; gap: .35rem .5rem; margin-top: .6rem; font-size: .875rem; }
.counts li { border: 1px solid var(--line); border-radius: 99px; padding: .1rem .75rem; background: var(--sheet); }
.error { color: var(--error); }
.warning { color: var(--warning); }
.filter { border: 0; min-width: 0; margin-top: 1rem; display: flex; flex-wrap: wrap; gap: .4rem; }
.filter legend { float: inline-start; padding: 0; margin-inline-end: .35rem; line-height: 2.2rem; color: var(--quiet); font-size: .875rem; }
.filter label { position: relative; min-width: 0; max-width: 100%; }
.filter input { position: absolute; opacity: 0; inset: 0; width: 100%; height: 100%; margin: 0; cursor: pointer; }
.filter label span { display: block; border: 1px solid var(--line); border-radius: 99px; padding: .3rem .9rem; background: var(--sheet); font-size: .9rem; }
.filter label small { color: var(--quiet); }
.filter input:checked + span { background: var(--ink); color: var(--sheet); border-color: var(--ink); }
.filter input:checked + span small { color: inherit; }
.filter input:focus-visible + span { outline: 3px solid var(--accent); outline-offset: 2px; }
.columns { display: grid; gap: 1.5rem 2.5rem; margin-top: 1.25rem; padding-bottom: 4rem; }
.columns > * { min-width: 0; }
.contents { font-size: .9rem; }
.contents h2 { font-size: .8rem; text-transform: uppercase; letter-spacing: .06em; color: var(--quiet); margin-bottom: .35rem; }
.contents > ol > li { margin-bottom: .6rem; }
.contents > ol > li > a { font-weight: 600; }
.contents a { display: inline-block; padding: .12rem 0; text-decoration-color: var(--line); text-underline-offset: .2em; }
.contents a:hover { text-decoration-color: currentColor; }
.contents li li { padding-inline-start: .75rem; border-inline-start: 2px solid var(--line); }
.clock { font-variant-numeric: tabular-nums; color: var(--quiet); font-weight: 400; }
.sign { font-size: .78rem; white-space: nowrap; }
.day + .day { margin-top: 3rem; }
.day > h2 { font-size: 1.25rem; padding-bottom: .4rem; border-bottom: 2px solid var(--line); }
.entry { margin-top: 1.5rem; }
.entry > h3 { font-size: 1.05rem; margin-bottom: .75rem; }
.side-by-side { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 20.5rem), 1fr)); gap: 1.5rem 1.25rem; align-items: start; }
.publication { min-width: 0; max-width: 36rem; }
.facts h4 { font-size: .95rem; line-height: 1.35; }
.facts p { color: var(--quiet); font-size: .85rem; }
header.facts { margin-bottom: .6rem; }
.facts .by-hand { color: var(--accent); }
.entry > .problems { max-width: 60rem; margin: -.25rem 0 1rem; }
.network-name { font-weight: 600; color: var(--ink); }
.facts .assisted { margin-top: .6rem; padding: .5rem .75rem; border-radius: .5rem; border: 1px dashed currentColor; color: var(--accent); }
.descriptions { margin-top: .6rem; font-size: .85rem; color: var(--quiet); }
.descriptions h5 { font-size: inherit; color: var(--ink); }
.descriptions ol { list-style: decimal; padding-inline-start: 1.4rem; }
.problems { margin-top: .6rem; display: grid; gap: .4rem; font-size: .875rem; }
.problems li { border-radius: .5rem; padding: .5rem .75rem; border-inline-start: 4px solid currentColor; }
.problems .error { background: var(--error-ground); }
.problems .warning { background: var(--warning-ground); }
.problems .place { display: block; font-size: .8rem; font-family: ui-monospace, monospace; }
.config-problems { margin-bottom: 2rem; }
.config-problems h2 { font-size: 1.25rem; }
@media (min-width: 64rem) {
  .columns { grid-template-columns: 15rem minmax(0, 1fr); }
  .contents { position: sticky; top: 1rem; align-self: start; max-height: calc(100vh - 2rem); overflow-y: auto; }
}
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }
@media print {
  :root { color-scheme: light; font-size: 10pt; }
  body { background: #fff; }
  .filter, .contents, .skip, .actions, .more { display: none; }
  .columns { display: block; }
  .side-by-side { grid-template-columns: 1fr 1fr; }
  .publication { break-inside: avoid; }
  .entry > h3, .day > h2 { break-after: avoid; }
  .fold::details-content { content-visibility: visible; display: block; }
  .fold .beginning { display: none; }
}
`;
