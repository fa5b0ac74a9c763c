/** The calendar on the page: a grid of weeks on wide screens and on paper, a list of days on narrow ones. */
export const rehearsalStyle = `
main { max-width: 100rem; margin: 0 auto; padding: 1.25rem clamp(.75rem, 3vw, 2rem) 4rem; }
.trouble { border: 1px solid var(--line); border-inline-start: 4px solid var(--error); border-radius: .5rem; background: var(--error-ground); padding: .75rem 1rem; margin-bottom: 2rem; }
.trouble h2 { font-size: 1.1rem; }
.trouble li { margin-top: .35rem; font-size: .9rem; }
.month { margin-bottom: 2.5rem; }
.month h2 { font-size: 1.25rem; margin-bottom: .5rem; }
.grid { display: grid; gap: .4rem; }
.weekdays { display: none; }
.date { font-size: .85rem; font-weight: 600; color: var(--quiet); }
.date .short { display: none; }
.cell { min-width: 0; background: var(--sheet); border: 1px solid var(--line); border-radius: .5rem; padding: .4rem .5rem; }
.cell.empty, .cell.other { display: none; }
.event { border-inline-start: 3px solid var(--line); padding-inline-start: .4rem; margin-top: .35rem; font-size: .8rem; line-height: 1.35; }
.event summary { cursor: pointer; list-style: none; }
.event summary::-webkit-details-marker { display: none; }
.event time { font-variant-numeric: tabular-nums; color: var(--quiet); }
.event .network { font-weight: 600; }
.event.twitter { border-color: light-dark(#1c1e21, #e8eaed); }
.event.facebook { border-color: light-dark(#1461cc, #6ea8ff); }
.event.youtube { border-color: light-dark(#c4122c, #ff6f7d); }
.event.bad { background: var(--error-ground); }
.event.bad .state { color: var(--error); font-weight: 600; }
.event.person .state { color: var(--warning); font-weight: 600; }
.event:target { outline: 3px solid var(--accent); }
.words { display: block; unicode-bidi: plaintext; text-align: start; }
.event[open] .words { display: none; }
.full { white-space: pre-line; unicode-bidi: plaintext; text-align: start; margin-top: .35rem; }
.event dl { margin: .4rem 0 0; font-size: .95em; color: var(--quiet); }
.event dd { margin: 0; }
.event ol { margin-top: .35rem; color: var(--quiet); }
@media (min-width: 60rem) {
  .grid, .weekdays { grid-template-columns: repeat(7, minmax(0, 1fr)); }
  .weekdays { display: grid; gap: .4rem; font-size: .8rem; color: var(--quiet); margin-bottom: .25rem; }
  .cell { min-height: 5.5rem; }
  .cell.empty { display: block; }
  .cell.other { display: block; visibility: hidden; }
  .date .short { display: inline; }
  .date .long { display: none; }
}
@media print {
  main { padding: 0; }
  .grid, .weekdays { display: grid; grid-template-columns: repeat(7, minmax(0, 1fr)); gap: 2px; }
  .cell, .cell.empty { display: block; border-radius: 0; padding: 2px 3px; }
  .cell.other { display: block; visibility: hidden; }
  .date .short { display: inline; }
  .date .long { display: none; }
  .event { font-size: 7pt; break-inside: avoid; background: none; }
  .month { break-inside: avoid-page; }
  .month + .month { break-before: page; }
}
`;
