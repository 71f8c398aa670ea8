/** The style sheet of the explorer. */

/** Rules for light and dark screens, from a phone to a projector. */
export const EXPLORER_STYLE = `
:root { color-scheme: light dark; --ink: #1b1f24; --soft: #57606a; --ground: #f4f6f8; --card: #fff;
  --line: #d0d7de; --main: #0b5c94; --on-main: #fff; --fault: #a40e26; --mark: #0b5c94; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6edf3; --soft: #a9b4c0; --ground: #0d1117; --card: #161b22; --line: #3d444d;
    --main: #79c0ff; --on-main: #06223d; --fault: #ff9a92; --mark: #79c0ff; }
  .figure > svg { filter: brightness(0.9); }
}
* { box-sizing: border-box; }
html { font: 16px/1.5 system-ui, "DejaVu Sans", sans-serif; }
body { margin: 0; color: var(--ink); background: var(--ground); }
body.dropping { outline: 4px dashed var(--main); outline-offset: -8px; }
header { padding: 1rem 1.25rem; border-bottom: 1px solid var(--line); background: var(--card); }
h1 { font-size: 1.4rem; margin: 0; }
h2 { font-size: 1.05rem; margin: 0; }
header p { margin: 0.25rem 0 0.75rem; max-width: 46rem; color: var(--soft); }
.row { display: flex; flex-wrap: wrap; gap: 0.5rem; align-items: center; }
.sides { display: grid; grid-template-columns: minmax(0, 1fr); }
.controls { padding: 1rem 1.25rem; }
fieldset { border: 1px solid var(--line); border-radius: 8px; margin: 0 0 1rem; padding: 0.5rem 0.9rem 0.9rem;
  background: var(--card); min-width: 0; }
legend { font-weight: 600; padding: 0 0.3rem; }
.field { margin: 0.5rem 0 0; display: grid; gap: 0.15rem; }
.field.inline { grid-template-columns: 6rem minmax(0, 1fr); gap: 0.5rem; }
label { font-size: 0.875rem; }
small, .note { color: var(--soft); font-size: 0.8125rem; margin: 0.4rem 0 0; }
input, select, button, textarea { font: inherit; color: inherit; }
input[type="text"], select, textarea { width: 100%; min-width: 0; padding: 0.35rem 0.5rem; min-height: 2.25rem;
  border: 1px solid var(--line); border-radius: 6px; background: var(--ground); }
input[type="range"] { width: 100%; min-height: 2rem; accent-color: var(--main); margin: 0; }
input[aria-invalid="true"] { border-color: var(--fault); }
button { padding: 0.35rem 0.75rem; min-height: 2.25rem; border: 1px solid var(--line); border-radius: 6px;
  background: var(--ground); cursor: pointer; }
button:hover:not(:disabled) { border-color: var(--main); }
button:disabled { opacity: 0.55; cursor: default; }
button.main { background: var(--main); border-color: var(--main); color: var(--on-main); }
fieldset .row { margin-top: 0.6rem; }
a { color: var(--main); }
:focus-visible { outline: 3px solid var(--main); outline-offset: 2px; }
h2:focus-visible { outline: 0; }
.settings { margin: 0; }
.settings > summary { font-weight: 600; padding: 0.4rem 0; }
.hidden { position: absolute; width: 1px; height: 1px; opacity: 0; overflow: hidden; }
main { padding: 1rem 1.25rem; min-width: 0; }
.state { display: flex; flex-wrap: wrap; gap: 0.5rem 1rem; align-items: center; min-height: 2.5rem; margin-bottom: 0.5rem; }
.state p { margin: 0; }
.status { color: var(--soft); }
.fault { color: var(--fault); margin: 0.25rem 0 0; overflow-wrap: anywhere; }
.fault:empty, .note:empty, .about:empty { display: none; }
.fault.small { font-size: 0.8125rem; }
progress { width: 12rem; accent-color: var(--main); }
.cards { display: grid; grid-template-columns: minmax(0, 1fr); gap: 1rem; align-items: start; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 0.9rem 1rem; min-width: 0;
  scroll-margin-top: 1rem; }
.card.toured { border-color: var(--mark); box-shadow: 0 0 0 2px var(--mark); }
.about { color: var(--soft); margin: 0.1rem 0 0.5rem; font-size: 0.9rem; }
.card .field { min-width: 9rem; flex: 0 1 14rem; margin: 0 0 0.5rem; }
.drawing { transition: opacity 0.1s; }
.stale > .drawing, .stale > details { opacity: 0.4; }
.figure { overflow-x: auto; margin-bottom: 0.5rem; }
.figure > svg { display: block; width: 100%; min-width: 300px; max-width: 860px; height: auto; margin: 0 auto; border-radius: 4px; }
[data-panel] { font-size: 12px; }
.saving { margin-top: 0.25rem; }
.saving button { font-size: 0.8125rem; padding: 0.2rem 0.6rem; min-height: 1.9rem; }
.saving:empty, .row:empty { display: none; }
details { margin-top: 0.6rem; }
summary { cursor: pointer; padding: 0.2rem 0; }
.scroll { overflow: auto; max-height: 24rem; border: 1px solid var(--line); border-radius: 6px; margin-top: 0.4rem; }
table { border-collapse: collapse; font-size: 0.8125rem; font-variant-numeric: tabular-nums; }
caption { text-align: left; padding: 0.4rem 0.6rem; color: var(--soft); }
th, td { padding: 0.2rem 0.6rem; text-align: right; white-space: nowrap; border-top: 1px solid var(--line); }
thead th { position: sticky; top: 0; background: var(--card); border-top: 0; }
th { font-weight: 600; }
.clickable { cursor: pointer; }
.chosen { stroke: #D55E00; stroke-width: 3px; }
.tour { background: var(--card); border: 2px solid var(--mark); border-radius: 8px; padding: 0.9rem 1rem; margin-bottom: 1rem; }
.tour p { margin: 0.4rem 0; max-width: 50rem; }
.tour .row { margin-top: 0.6rem; }
.pair { display: grid; grid-template-columns: minmax(0, 1fr); gap: 1rem; }
dialog { max-width: min(40rem, 92vw); border: 1px solid var(--line); border-radius: 8px; background: var(--card); color: var(--ink); }
dialog::backdrop { background: #0008; }
[hidden] { display: none !important; }
@media (min-width: 1000px) {
  .settings > summary { display: none; }
  .sides { grid-template-columns: 22rem minmax(0, 1fr); }
  .controls { padding-right: 0; position: sticky; top: 0; max-height: 100vh; overflow-y: auto; }
  .pair { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); }
}
@media (min-width: 1600px) {
  html { font-size: 17px; }
  .cards { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); }
  .card.wide { grid-column: 1 / -1; }
}
@media (max-width: 999px) {
  header, main, .controls { padding-left: 0.75rem; padding-right: 0.75rem; }
  .tour { position: sticky; top: 0; z-index: 1; max-height: 45vh; overflow-y: auto; }
}
`;
