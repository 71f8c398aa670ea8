/** How the gallery looks; figures keep their white ground in the dark, since their colours are made for it. */

/** The gallery's style sheet. */
export const galleryStyle = `:root {
  color-scheme: light dark;
  --ground: #fff; --text: #1b1f24; --quiet: #57606a; --line: #d0d7de; --link: #0a58a8;
}
@media (prefers-color-scheme: dark) {
  :root { --ground: #14171b; --text: #e6e8eb; --quiet: #a2abb5; --line: #3a414a; --link: #7db8f5; }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; max-width: 86rem; padding: 1.5rem clamp(1rem, 4vw, 3rem) 4rem;
  background: var(--ground); color: var(--text);
  font: 1.05rem/1.5 system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif;
  overflow-wrap: anywhere;
}
h1 { font-size: clamp(1.4rem, 3vw, 2.1rem); line-height: 1.2; text-wrap: balance; }
h2 { margin: 0 0 .4rem; font-size: clamp(1.2rem, 2.2vw, 1.6rem); line-height: 1.25; }
header p, .question, .files { max-width: 46rem; }
.question { margin: 0 0 .6rem; }
.files, figcaption span { color: var(--quiet); font-size: .9rem; }
section { margin-top: 2.5rem; padding-top: 1.5rem; border-top: 1px solid var(--line); }
a { color: var(--link); }
code { white-space: nowrap; }
a:focus-visible, summary:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
nav ol { columns: 22rem; padding-left: 0; }
nav li { break-inside: avoid; margin-left: 1.8rem; padding: .15rem 0; } /* numbers stay in their column */
.figures {
  display: grid; gap: 1.5rem; align-items: start;
  grid-template-columns: repeat(auto-fill, minmax(min(100%, 30rem), 1fr));
}
figure { margin: 0; border: 1px solid var(--line); border-radius: .4rem; overflow: hidden; }
figure a { display: block; }
figcaption a { display: inline; }
img { display: block; width: 100%; height: auto; background: #fff; }
figcaption { padding: .7rem .9rem .9rem; border-top: 1px solid var(--line); font-size: .95rem; }
figcaption b { display: block; margin-bottom: .2rem; }
figcaption span { display: block; margin-top: .3rem; }
@media print { body { max-width: none; padding: 0; } figure { break-inside: avoid; } }
`;
