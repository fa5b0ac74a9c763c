/** The look of the feeds: three quiet columns, each with a touch of its network. */
export const pageStyle = `:root {
  --paper: #f4f3f0; --card: #fff; --ink: #1c1d20; --soft: #686b73; --line: #e3e1dc;
  --shade: #f7f6f4; --x: #1c1d20; --facebook: #1461cc; --youtube: #c4122c; --blue: #1666b8;
  --glow: 0 1px 2px rgb(30 28 20 / .05), 0 4px 16px rgb(30 28 20 / .04);
  color-scheme: light dark;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #121316; --card: #1b1d21; --ink: #e9e8e4; --soft: #9a9ca4; --line: #2c2f35;
    --shade: #22252a; --x: #e9e8e4; --facebook: #6ea8ff; --youtube: #ff6f7d; --blue: #7db8f5;
    --glow: none;
  }
}
* { box-sizing: border-box; }
html { overflow-anchor: none; scrollbar-gutter: stable; }
body {
  margin: 0; background: var(--paper); color: var(--ink);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Noto Sans Arabic", sans-serif;
  -webkit-text-size-adjust: 100%;
}
.top { max-width: 1400px; margin: 0 auto; padding: 2rem clamp(1rem, 3vw, 2.5rem) .5rem; }
h1 { margin: 0; font-size: 1.35rem; font-weight: 650; letter-spacing: -.01em; }
h1 span { color: var(--soft); font-weight: 400; }
.top p { margin: .15rem 0 0; color: var(--soft); font-size: .925rem; }
main {
  display: grid; grid-template-columns: 1fr; gap: 1rem clamp(1rem, 2.2vw, 2rem);
  max-width: 1400px; margin: 0 auto; padding: 0 clamp(1rem, 3vw, 2.5rem) 4rem; align-items: start;
}
@media (min-width: 960px) { main { grid-template-columns: repeat(3, minmax(0, 1fr)); } }
@media (max-width: 959px) { main { max-width: 640px; } .top { max-width: 640px; } }
section { min-width: 0; --accent: var(--x); }
section.facebook { --accent: var(--facebook); }
section.youtube { --accent: var(--youtube); }
h2 {
  position: sticky; top: 0; z-index: 1; display: flex; align-items: baseline; gap: .5rem;
  margin: 0 0 .5rem; padding: .9rem .15rem .6rem; background: var(--paper);
  font-size: 1rem; font-weight: 650; border-bottom: 2px solid var(--accent);
}
h2 small { color: var(--soft); font-weight: 400; font-variant-numeric: tabular-nums; }
ol { list-style: none; margin: 0; padding: 0; display: grid; gap: .85rem; }
li {
  min-width: 0; overflow: hidden; background: var(--card); border: 1px solid var(--line);
  border-radius: 14px; box-shadow: var(--glow);
}
article { padding: 1rem 1.1rem 1.1rem; position: relative; }
article + article { padding-top: 0; }
article:has(+ article)::before {
  content: ""; position: absolute; inset-block: 3.6rem 0; inset-inline-start: 2.15rem;
  border-inline-start: 2px solid var(--line);
}
article + article:has(+ article)::before { inset-block-start: 2.7rem; }
li:has(article + article) :is(.text, .media, .link) { margin-inline-start: 2.9rem; }
article header { display: flex; gap: .7rem; align-items: center; }
.avatar {
  flex: none; width: 2.2rem; height: 2.2rem; border-radius: 50%; display: grid; place-items: center;
  color: #fff; font-weight: 600; font-size: .95rem; background: hsl(var(--hue) 38% 44%);
}
.hue-0 { --hue: 205; } .hue-1 { --hue: 160; } .hue-2 { --hue: 265; } .hue-3 { --hue: 340; }
.hue-4 { --hue: 25; } .hue-5 { --hue: 185; } .hue-6 { --hue: 100; } .hue-7 { --hue: 230; }
.who { min-width: 0; display: grid; line-height: 1.3; }
.who b { font-weight: 620; overflow-wrap: anywhere; }
time { color: var(--soft); font-size: .82rem; font-variant-numeric: tabular-nums; }
.text { margin-top: .6rem; }
.text p { margin: 0 0 .7em; white-space: pre-line; overflow-wrap: anywhere; unicode-bidi: plaintext; text-align: start; }
.text p:last-of-type { margin-bottom: 0; }
.text a { color: var(--blue); text-decoration: none; direction: ltr; unicode-bidi: isolate; }
.text a:hover { text-decoration: underline; }
details.text summary { list-style: none; cursor: pointer; }
details.text summary::-webkit-details-marker { display: none; }
details.text[open] summary { display: none; }
.more { display: inline-block; margin-top: .25rem; color: var(--soft); font-weight: 600; }
.media { display: grid; gap: .5rem; margin-top: .8rem; }
.media.of-2, .media.of-4 { grid-template-columns: 1fr 1fr; }
.media.of-3 { grid-template-columns: 1fr 1fr; }
.media.of-3 figure:first-child { grid-column: 1 / -1; }
figure { margin: 0; min-width: 0; }
img {
  display: block; width: 100%; max-height: 26rem; object-fit: cover; background: var(--shade);
  border: 1px solid var(--line); border-radius: 12px;
}
.media:not(.of-1) img { aspect-ratio: 4 / 3; }
figcaption { margin-top: .35rem; color: var(--soft); font-size: .82rem; line-height: 1.4; overflow-wrap: anywhere; }
figcaption b {
  display: inline-block; padding: 0 .35em; border: 1px solid var(--line); border-radius: 4px;
  font-size: .68rem; letter-spacing: .05em; vertical-align: .08em;
}
.link {
  display: block; margin-top: .8rem; padding: .7rem .9rem; border: 1px solid var(--line);
  border-radius: 12px; background: var(--shade); color: inherit; text-decoration: none;
}
.link:hover { border-color: var(--soft); }
.link small { display: block; color: var(--soft); font-size: .8rem; overflow-wrap: anywhere; }
.link span { display: block; font-weight: 550; line-height: 1.35; overflow-wrap: anywhere; }
.facebook .link { margin-inline: -1.1rem; margin-bottom: -1.1rem; border-width: 1px 0 0; border-radius: 0; padding-inline: 1.1rem; }
.facebook .link small { text-transform: uppercase; letter-spacing: .04em; font-size: .72rem; }
.facebook .media.of-1 img { width: calc(100% + 2.2rem); margin-inline: -1.1rem; border-radius: 0; border-inline: 0; }
.quiet { color: var(--soft); font-size: .925rem; margin: .8rem .15rem; }
a:focus-visible, summary:focus-visible { outline: 2px solid var(--blue); outline-offset: 2px; border-radius: 4px; }
@media (prefers-reduced-motion: no-preference) {
  .new { animation: arrive .6s ease-out; }
  @keyframes arrive { from { opacity: 0; transform: translateY(-6px); } }
}
@media (max-width: 359px) { body { font-size: 15px; } article { padding-inline: .9rem; } }
`;
