/** Light and dark, from a narrow telephone to a wide screen, in both directions of writing, and on paper. */
export const style = `
:root {
  color-scheme: light dark;
  --ground: light-dark(#f5f4f1, #15171a);
  --sheet: light-dark(#ffffff, #1e2125);
  --ink: light-dark(#1b1d20, #e8eaed);
  --quiet: light-dark(#585d65, #a9b0b9);
  --line: light-dark(#dbd9d3, #383d44);
  --accent: light-dark(#7a3b00, #ffb870);
  --good: light-dark(#14652d, #6bdc8d);
  --bad: light-dark(#a3121f, #ff9aa2);
  --bad-ground: light-dark(#fdebec, #43161b);
  --care: light-dark(#6b4700, #f2c14e);
  --care-ground: light-dark(#fff4d9, #3a2e0d);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Noto Sans Arabic", "Vazirmatn", "Noto Sans CJK JP", sans-serif;
}
*, *::before, *::after { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--ground); color: var(--ink); overflow-wrap: anywhere; }
h1, h2, h3, p, ul, ol { margin: 0; padding: 0; }
ul, ol { list-style: none; }
a { color: inherit; text-underline-offset: .2em; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
.skip { position: absolute; inset-inline-start: -999rem; }
.skip:focus { position: static; display: block; padding: .75rem 1rem; }
.top, main, footer { max-width: 75rem; margin-inline: auto; padding-inline: clamp(.75rem, 3vw, 2rem); }
.top { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; align-items: center; padding-block: .75rem; }
.product { font-weight: 700; font-size: 1.15rem; color: var(--accent); }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem; }
nav a { display: block; padding: .35rem .75rem; border-radius: .5rem; text-decoration: none; }
nav a:hover { background: var(--sheet); }
nav a[aria-current] { background: var(--sheet); font-weight: 600; box-shadow: inset 0 -3px var(--accent); }
main { padding-block: .5rem 3rem; }
h1 { font-size: 1.5rem; line-height: 1.25; }
h2 { font-size: 1.15rem; margin-block: 1.75rem .5rem; }
h3 { font-size: 1rem; margin-block: 1rem .3rem; }
.quiet { color: var(--quiet); }
footer { padding-block: 1rem 2rem; font-size: .875rem; border-top: 1px solid var(--line); }
footer a { display: inline-block; min-height: 1.5rem; padding-block: .35rem; }
.rows > li { padding: .6rem .75rem; background: var(--sheet); border: 1px solid var(--line); border-radius: .5rem; }
.rows > li + li { margin-top: .4rem; }
.rows { margin-top: .5rem; }
.rows p { margin-top: .2rem; }
.beginning { color: var(--quiet); }
.headline { display: flex; flex-wrap: wrap; gap: .1rem .6rem; align-items: baseline; }
.headline a, .headline strong { font-weight: 600; }
.address { font-size: .9rem; }
.more { margin-top: .5rem; }
.now { display: grid; gap: 0 2.5rem; }
.now > * { min-width: 0; }
.well { margin-top: .75rem; padding: .75rem 1rem; border-radius: .5rem; font-weight: 600; font-size: 1.1rem; color: var(--good); background: var(--sheet); border: 1px solid var(--line); border-inline-start: 4px solid currentColor; }
.summary { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 16rem), 1fr)); gap: .75rem; margin: .75rem 0 0; }
.summary > div { background: var(--sheet); border: 1px solid var(--line); border-top: 4px solid var(--line); border-radius: .5rem; padding: .6rem 1rem .8rem; }
.summary .good { border-top-color: var(--good); }
.summary .bad { border-top-color: var(--bad); background: var(--bad-ground); }
.summary dt { color: var(--quiet); font-size: .85rem; font-weight: 600; }
.summary .bad dt { color: var(--ink); }
.summary dd { margin: 0; font-size: 1.1rem; font-weight: 600; }
.summary .good dd { color: var(--good); }
.summary .bad a { color: var(--bad); }
.needs { display: grid; gap: .6rem; margin-top: .75rem; }
.needs > li { color: var(--ink); background: var(--sheet); border: 1px solid var(--line); border-inline-start: 4px solid var(--care); border-radius: .5rem; padding: .75rem 1rem; display: grid; gap: .35rem; }
.needs > .failed, .needs > .missed, .needs > .delete { border-inline-start-color: var(--bad); }
.urgent .alarm { margin-top: .5rem; }
.need .what strong { font-size: 1.05rem; }
.need .button { margin-top: .25rem; }
.need details { margin-top: 0; }
.need details li { padding-block: .25rem; }
.coming > li { display: grid; grid-template-columns: 9.5rem minmax(0, 1fr); gap: .25rem 1rem; align-items: baseline; }
.countdown { font-weight: 600; font-variant-numeric: tabular-nums; white-space: nowrap; }
.coming .countdown { color: var(--accent); white-space: normal; }
.coming > li:first-child { border-color: var(--accent); border-width: 2px; }
.coming > li:first-child .countdown, .coming > li:first-child .headline > a { font-size: 1.15rem; }
.standing { font-size: .95rem; }
.standing h3 { font-size: .85rem; color: var(--quiet); margin-block: .9rem .2rem; }
.standing li, .standing p { padding-block: .15rem; }
.light { font-size: .8rem; }
.change { font-size: .85rem; font-weight: 600; white-space: nowrap; color: var(--care); }
.change.add { color: var(--good); }
.change.cancel, .change.late { color: var(--bad); }
.change.protected { color: var(--quiet); }
.approvals { display: grid; gap: 1.25rem; margin-top: 1rem; }
.approvals > li > * + * { margin-top: .5rem; }
.approvals h2 { margin: 0; }
.approvals .network { max-width: 36rem; }
.approvals .deeds { align-items: center; }
.approvals > li + li { border-top: 1px solid var(--line); padding-top: 1.25rem; }
code { font: .9em/1.4 ui-monospace, "SFMono-Regular", Menlo, Consolas, monospace; unicode-bidi: isolate; }
@media (max-width: 36rem) { .coming > li { grid-template-columns: minmax(0, 1fr); } }
time { font-variant-numeric: tabular-nums; }
.state { font-size: .85rem; font-weight: 600; white-space: nowrap; }
.published { color: var(--good); }
.failed, .missed { color: var(--bad); }
.held, .unconfirmed, .handoff { color: var(--care); }
.alarm, .notice { border-radius: .5rem; padding: .75rem 1rem; margin-top: .75rem; border-inline-start: 4px solid currentColor; }
.alarm, .notice { margin-bottom: .5rem; }
.alarm { background: var(--bad-ground); border-color: var(--bad); }
.notice { background: var(--care-ground); border-color: var(--care); }
.beside { display: grid; gap: 0 2rem; }
.beside > * { min-width: 0; }
.plain { background: var(--sheet); border: 1px solid var(--line); border-radius: .5rem; padding: .6rem .9rem; }
.deeds { display: flex; flex-wrap: wrap; gap: .75rem; align-items: end; margin-top: .5rem; }
.asked { max-width: 44rem; display: grid; gap: .75rem; margin-top: .75rem; }
.asked form a { padding-block: .6rem; }
.top .deed { margin-inline-start: auto; }
.descriptions { list-style: decimal; padding-inline-start: 1.5rem; }
.account-card { background: var(--sheet); border: 1px solid var(--line); border-inline-start: 4px solid var(--account); border-radius: .5rem; padding: .9rem 1rem; margin-top: 1rem; }
.account-card h2 { margin-top: 0; }
.account-card dl { display: grid; gap: .15rem 1.25rem; margin: .5rem 0; }
.account-card dt { font-weight: 600; font-size: .9rem; color: var(--quiet); }
.account-card dd { margin: 0 0 .5rem; }
code { font-size: .9em; background: var(--ground); padding: .1rem .35rem; border-radius: .3rem; }
@media (min-width: 60rem) { .account-card dl { grid-template-columns: 11rem minmax(0, 1fr); } }
.deed { display: flex; flex-wrap: wrap; gap: .5rem; align-items: end; }
.story li { padding-block: .3rem; border-top: 1px solid var(--line); }
.story time { color: var(--quiet); font-size: .9rem; margin-inline-end: .5rem; }
details { margin-top: 1.5rem; }
summary { cursor: pointer; padding-block: .3rem; }
pre { overflow-x: auto; background: var(--sheet); border: 1px solid var(--line); border-radius: .5rem; padding: .75rem; font-size: .8rem; white-space: pre-wrap; }
.steps { counter-reset: step; display: grid; gap: 1rem; margin-top: 1rem; max-width: 44rem; }
.steps > li { counter-increment: step; background: var(--sheet); border: 1px solid var(--line); border-radius: .75rem; padding: 1rem; }
.steps h2 { margin: 0 0 .6rem; }
.steps h2::before { content: counter(step) ". "; }
.steps textarea { width: 100%; margin-bottom: .6rem; line-height: 1.6; }
.post-text p { white-space: pre-wrap; background: var(--sheet); border: 1px solid var(--line); border-radius: .5rem; padding: .6rem .9rem; margin-top: .6rem; max-width: 44rem; }
.post-text + p, .post-text + .thumbnails, .thumbnails + p, .deeds + .quiet, .steps + .quiet { margin-top: .75rem; }
html:not([data-scripted]) .needs-script { display: none; }
.thumbnails { display: grid; grid-template-columns: repeat(auto-fill, minmax(9rem, 1fr)); gap: .75rem; }
.thumbnails img { width: 100%; height: 8rem; object-fit: contain; background: var(--ground); border-radius: .4rem; }
.thumbnails a { display: block; padding-block: .4rem; }
.button, button.main, button.grave { display: inline-block; border-radius: .4rem; padding: .5rem 1.1rem; font-weight: 600; text-decoration: none; border: 1px solid transparent; }
.button, button.main { background: var(--accent); color: var(--ground); }
button.grave { background: var(--bad); color: var(--ground); }
@media (min-width: 60rem) { .now { grid-template-columns: minmax(0, 1fr) minmax(0, 19rem); } .beside { grid-template-columns: minmax(0, 26rem) minmax(0, 1fr); } }
.narrow { max-width: 26rem; }
.stack { display: grid; gap: .75rem; margin-top: 1rem; }
label { display: grid; gap: .25rem; font-weight: 600; }
input, textarea, select, button { font: inherit; color: inherit; }
input, textarea, select { padding: .5rem .6rem; border: 1px solid var(--quiet); border-radius: .4rem; background: var(--sheet); min-width: 0; max-width: 100%; }
button { padding: .45rem 1rem; min-height: 2.5rem; border: 1px solid var(--quiet); border-radius: .4rem; background: var(--sheet); cursor: pointer; }
button:hover { border-color: currentColor; }
.account { --account: var(--quiet); }
.account-0 { --account: light-dark(#8a3b00, #ffb870); }
.account-1 { --account: light-dark(#0a5aa8, #8cc4ff); }
.account-2 { --account: light-dark(#146b2c, #7fdc9a); }
.account-3 { --account: light-dark(#8a1a6b, #ff9adf); }
.account-4 { --account: light-dark(#5b4bb5, #c0b4ff); }
.account-5 { --account: light-dark(#00666b, #6fdde2); }
.account-6 { --account: light-dark(#9a1b2b, #ffa0a8); }
.account-7 { --account: light-dark(#5f5a00, #e0d56a); }
.search { display: flex; flex-wrap: wrap; gap: .75rem; align-items: end; margin-block: 1rem; }
.search label:first-child { flex: 1 1 16rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; background: var(--sheet); border: 1px solid var(--line); }
th, td { text-align: start; vertical-align: top; padding: .5rem .75rem; border-bottom: 1px solid var(--line); }
th { font-size: .85rem; color: var(--quiet); }
.when { white-space: nowrap; }
.pages { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; margin-block: 1rem; }
.pages a { border: 1px solid var(--line); border-radius: .5rem; background: var(--sheet); padding: .35rem .75rem; text-decoration: none; }
.pages .gap { flex: 1; }
.legend { display: flex; flex-wrap: wrap; gap: .25rem 1rem; margin-bottom: .75rem; font-size: .9rem; }
.legend li::before { content: ""; display: inline-block; width: .75rem; height: .75rem; border-radius: 50%; background: var(--account); margin-inline-end: .4rem; }
.days { display: grid; gap: .5rem; }
.day { background: var(--sheet); border: 1px solid var(--line); border-radius: .5rem; padding: .4rem .5rem; min-width: 0; }
.day h3 { margin: 0; font-size: .85rem; color: var(--quiet); font-weight: 600; }
.day.today { border-color: var(--accent); box-shadow: inset 0 0 0 1px var(--accent); }
.day.today h3 { color: var(--accent); }
.due { border-inline-start: 4px solid var(--account); padding-inline-start: .4rem; margin-top: .3rem; font-size: .9rem; }
.due a { text-decoration: none; display: inline-block; min-height: 1.5rem; }
.due a:hover { text-decoration: underline; }
.mark { font-size: .8rem; color: var(--care); margin-inline-start: .4rem; }
.due .state, .due .mark { margin-inline: 0 .4rem; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.month .empty, .month .outside { display: none; }
@media (min-width: 60rem) {
  :has(.month, .week) > :is(.top, main, footer) { max-width: 110rem; }
  .month, .week { grid-template-columns: repeat(7, minmax(0, 1fr)); }
  .month .empty, .month .outside { display: block; }
  .month .outside { background: none; border-style: dashed; }
  .month .day { min-height: 7rem; }
}
@media print {
  @page { margin: 14mm; }
  :root { color-scheme: light; font-size: 10pt; }
  body { background: #fff; }
  .top nav, .top form, .skip, .pages, .search, .deeds, footer form, .needs .button { display: none; }
  .top, main, footer { max-width: none; padding-inline: 0; }
  a { text-decoration: none; }
  .rows > li, .day, .approvals > li, .due { break-inside: avoid; }
  .day { border-width: 1px 0 0; border-radius: 0; padding-inline: 0; }
  .month, .week { grid-template-columns: minmax(0, 1fr); gap: .25rem; }
  .month .day { min-height: 0; }
  .month .empty, .month .outside { display: none; }
  h2, h3 { break-after: avoid; }
}
`;
