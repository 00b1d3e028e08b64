/** The style sheet of an experiment's page: light and dark, by what the reader's system has. */
export const STYLE = `
:root { color-scheme: light dark; --ink: #1b1f24; --soft: #5b6570; --line: #d8dee4; --ground: #ffffff; --card: #f6f8fa;
  --master: #1a7f37; --backup: #8c959f; --fault: #cf222e; --unknown: #bf8700; --lost: #cf222e; --answered: #2da44e;
  --theory: #0969da; --holder: #8250df; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --soft: #9198a1; --line: #30363d; --ground: #0d1117;
  --card: #161b22; --master: #3fb950; --backup: #6e7681; --fault: #f85149; --unknown: #d29922; --lost: #f85149;
  --answered: #3fb950; --theory: #58a6ff; --holder: #a371f7; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 1180px; margin: 0 auto; padding: 28px 24px 40px; }
.kicker { margin: 0; color: var(--soft); font-size: 14px; }
h1 { margin: 2px 0 18px; font-size: 32px; line-height: 1.2; }
h2 { margin: 26px 0 8px; font-size: 20px; }
details summary { cursor: pointer; } details summary h2 { display: inline-block; margin: 14px 0 6px; }
p { max-width: 80ch; margin: 8px 0; }
code { font-size: 0.92em; } .remark { color: var(--soft); }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(220px, 1fr)); gap: 12px; }
.figure { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 12px 14px; }
.figure span { display: block; color: var(--soft); font-size: 14px; }
.figure strong { display: block; font-size: 24px; line-height: 1.3; font-variant-numeric: tabular-nums; }
.figure small { color: var(--soft); font-size: 13px; line-height: 1.35; display: block; }
.yes strong, li.yes { color: var(--master); } .no strong, li.no { color: var(--fault); } .figure small.missed { color: var(--fault); }
table { border-collapse: collapse; margin: 14px 0; font-variant-numeric: tabular-nums; font-size: 15px; }
th, td { text-align: right; padding: 4px 12px; border-bottom: 1px solid var(--line); }
th:first-child, td:first-child { text-align: left; padding-left: 0; } th { color: var(--soft); font-weight: 500; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 16px; font-size: 15px; }
dt { color: var(--soft); } dd { margin: 0; }
ul { padding-left: 0; list-style: none; }
iframe.picture { width: 100%; height: 820px; border: 1px solid var(--line); border-radius: 8px; }
footer { margin-top: 30px; color: var(--soft); font-size: 13px; }
svg.timeline { width: 100%; height: auto; margin: 4px 0; font: 12px system-ui, sans-serif; }
svg text { fill: var(--ink); } .label { text-anchor: end; } .axis { text-anchor: middle; }
svg .axis { fill: var(--soft); } .grid { stroke: var(--line); stroke-width: 1; }
svg .letter, svg .length { fill: #ffffff; font-weight: 600; } .length { text-anchor: middle; }
svg .letter.backup { fill: var(--ink); }
.role.master { fill: var(--master); } .role.backup { fill: var(--backup); opacity: 0.55; }
.role.fault { fill: var(--fault); } .role.unknown { fill: var(--unknown); opacity: 0.8; }
.advert { stroke: var(--soft); stroke-width: 1.2; } .advert.farewell { stroke: var(--fault); stroke-width: 2; }
.announcement { stroke: var(--holder); stroke-width: 1.5; } .holder { fill: var(--holder); opacity: 0.8; }
.answered { fill: var(--answered); } .lost { fill: var(--lost); } .broken { stroke: var(--fault); stroke-width: 3; }
.theory { fill: var(--theory); opacity: 0.13; } svg .theory-word { fill: var(--theory); text-anchor: middle; }
.event { stroke: var(--fault); stroke-width: 1.5; stroke-dasharray: 4 3; fill: none; }
.event.healed { stroke: var(--master); } svg .fault-word { text-anchor: middle; fill: var(--fault); font-weight: 600; }
svg .fault-word.healed { fill: var(--master); }
@media print { main { max-width: none; padding: 0; } }
`;
