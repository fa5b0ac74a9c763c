/** The posts, each in the colours and proportions of its network. Every colour of text has a contrast of 4.5 or more. */
export const postStyle = `
.network { --mark: light-dark(#0b5cad, #6cb6ff); --sub: light-dark(#55606b, #a7b0ba); --edge: light-dark(#d3dae0, #3a4046); --sheet-post: light-dark(#fff, #17191c); --ink-post: light-dark(#0f1419, #eceef0); --fill: light-dark(#eef1f4, #2a2e33);
  background: var(--sheet-post); color: var(--ink-post); border: 1px solid var(--line); border-radius: .9rem; padding: .9rem 1rem .7rem; line-height: 1.4; }
.twitter { --mark: light-dark(#0a66b8, #4fb3ff); --sub: light-dark(#536471, #8f99a3); --edge: light-dark(#cfd9de, #2f3336); --sheet-post: light-dark(#fff, #000); --ink-post: light-dark(#0f1419, #e7e9ea); --avatar: light-dark(#0f1419, #e7e9ea); }
.facebook { --mark: light-dark(#0064d1, #5aa7ff); --sub: light-dark(#606266, #b0b3b8); --edge: light-dark(#dadde1, #3e4042); --sheet-post: light-dark(#fff, #252728); --ink-post: light-dark(#080809, #e2e5e9); --fill: light-dark(#f0f2f5, #333334); --avatar: light-dark(#0866d6, #5aa7ff); }
.youtube { --mark: light-dark(#065fd4, #3ea6ff); --sub: light-dark(#606060, #aaa); --edge: light-dark(#d9d9d9, #3a3a3a); --sheet-post: light-dark(#fff, #0f0f0f); --ink-post: light-dark(#0f0f0f, #f1f1f1); --avatar: light-dark(#b3121f, #ff8a80); }
.byline { display: flex; gap: .65rem; align-items: center; }
.avatar { flex: none; inline-size: 2.5rem; block-size: 2.5rem; border-radius: 50%; display: grid; place-items: center; font-weight: 700; color: var(--sheet-post); background: var(--avatar, var(--ink-post)); }
.who { min-width: 0; font-size: .94rem; }
.handle { color: var(--sub); }
.facebook .handle, .youtube .handle { display: block; font-size: .82rem; }
.content { margin-top: .6rem; }
.twitter .content { margin-top: -.55rem; margin-inline-start: 3.15rem; }
.twitter .byline { align-items: flex-start; }
.post { position: relative; }
.post + .post { margin-top: .9rem; }
.threaded:not(:last-child)::before { content: ""; position: absolute; inset-inline-start: 1.2rem; inset-block: 2.75rem -.75rem; inline-size: 2px; background: var(--edge); }
.threaded:not(:last-child) .content, .threaded .content { margin-inline-start: 3.15rem; }
.text { font-size: .95rem; }
.text a, .mark { color: var(--mark); text-decoration: none; }
.text a:hover { text-decoration: underline; }
.paragraph { display: block; white-space: pre-wrap; }
.paragraph + .paragraph { margin-top: .85em; }
:is([lang|=fa], [lang|=ar], [lang|=ur], [lang|=ckb]) .paragraph { line-height: 1.75; }
.fold summary { list-style: none; cursor: pointer; }
.fold summary::-webkit-details-marker { display: none; }
.fold .more { color: var(--sub); font-weight: 600; }
.fold[open] .beginning, .fold[open] .more { display: none; }
.fold[open] summary::after { content: "Show less"; color: var(--sub); font-weight: 600; display: block; margin-bottom: .4rem; }
.images { display: grid; gap: 2px; margin-top: .7rem; border-radius: .9rem; overflow: hidden; border: 1px solid var(--edge); }
.image { position: relative; display: block; min-width: 0; min-height: 0; background: var(--fill); }
.image img { display: block; inline-size: 100%; block-size: 100%; object-fit: cover; }
.of-1 .image img { block-size: auto; max-block-size: 32rem; object-fit: contain; }
.of-2, .of-3, .of-4 { grid-template-columns: 1fr 1fr; aspect-ratio: 16 / 9; }
.of-3, .of-4 { grid-template-rows: 1fr 1fr; }
.of-3 .image:first-child { grid-row: span 2; }
.facebook .images { margin-inline: -1rem; border-radius: 0; border-inline: 0; }
.facebook .of-2, .facebook .of-3, .facebook .of-4 { aspect-ratio: 1; }
.facebook .of-2 { aspect-ratio: 2; }
.facebook .of-5 { grid-template-columns: repeat(6, 1fr); }
.facebook .of-5 .image { grid-column: span 2; aspect-ratio: 1; }
.facebook .of-5 .image:nth-child(-n+2) { grid-column: span 3; }
.youtube .images:not(.of-1) { display: flex; overflow-x: auto; gap: 4px; aspect-ratio: auto; scrollbar-width: thin; }
.youtube .images:not(.of-1) .image { flex: 0 0 78%; aspect-ratio: 1; border-radius: .6rem; overflow: hidden; }
.hidden-images { position: absolute; inset: 0; display: grid; place-items: center; background: rgb(0 0 0 / .6); color: #fff; font-size: 1.6rem; font-weight: 600; }
.no-image { display: grid; place-items: center; min-block-size: 6rem; padding: .75rem; block-size: 100%; color: var(--sub); font-size: .85rem; text-align: center; }
.card { margin-top: .7rem; border: 1px solid var(--edge); border-radius: .9rem; overflow: hidden; }
.card-image { position: relative; display: block; aspect-ratio: 1.91; background: var(--fill); }
.card-image img { display: block; inline-size: 100%; block-size: 100%; object-fit: cover; }
.card-over { position: absolute; inset-inline: .75rem; inset-block-end: .75rem; }
.card-over bdi { display: inline-block; max-inline-size: 100%; padding: 0 .4rem; border-radius: .25rem; background: rgb(0 0 0 / .77); color: #fff; font-size: .82rem; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; vertical-align: bottom; }
.card-words { display: grid; gap: .1rem; padding: .6rem .8rem; font-size: .9rem; }
.card-domain { color: var(--sub); font-size: .82rem; }
.card-title { font-weight: 600; display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow: hidden; }
.card-description { color: var(--sub); display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow: hidden; }
.card.small { display: grid; grid-template-columns: 7rem 1fr; }
.card.small .card-image { aspect-ratio: 1; }
.card.small .card-words { align-content: center; min-inline-size: 0; }
.card.unknown { border-style: dashed; background: var(--fill); }
.card-note { margin-top: .35rem; color: var(--sub); font-size: .82rem; font-style: italic; }
.card-from { margin-top: .25rem; color: var(--sub); font-size: .82rem; }
.facebook .card { margin-inline: -1rem; border-radius: 0; border-inline: 0; }
.facebook .card-words { background: var(--fill); }
.facebook .card-domain { text-transform: uppercase; letter-spacing: .02em; }
.facebook .card-title { font-size: 1rem; }
.actions { display: flex; flex-wrap: wrap; gap: .3rem 1.6rem; margin-top: .65rem; color: var(--sub); font-size: .82rem; }
.facebook .actions { justify-content: space-around; border-top: 1px solid var(--edge); padding-top: .5rem; }
.length { display: flex; gap: .5rem; align-items: center; justify-content: flex-end; margin-top: .45rem; color: var(--sub); font-size: .8rem; font-variant-numeric: tabular-nums; }
.length meter { inline-size: 4.5rem; block-size: .5rem; }
.length.too-long { color: var(--error); font-weight: 600; }
@media (max-width: 24rem) {
  .network { padding-inline: .75rem; }
  .twitter .content, .threaded .content { margin-inline-start: 0; margin-top: .6rem; }
  .threaded:not(:last-child) .content { margin-inline-start: 0; }
  .threaded:not(:last-child)::before { display: none; }
  .threaded + .threaded { border-top: 2px solid var(--edge); padding-top: .9rem; }
  .facebook .images, .facebook .card { margin-inline: -.75rem; }
  .card.small { grid-template-columns: 5rem 1fr; }
}
@media print { .network { border-color: #999; } .youtube .images:not(.of-1) { flex-wrap: wrap; } .youtube .images:not(.of-1) .image { flex-basis: 30%; } }
`;
