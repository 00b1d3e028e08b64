// Draws what a terminal shows as an SVG: `neutron-lab demo | node docs/images/terminal-picture.mjs TITLE > FILE`
// (with FORCE_COLOR=1, so that the output has its colours). Text stays text: it can be searched and read aloud.
import { text } from 'node:stream/consumers';

const COLOURS = {
  31: '#f48771',
  32: '#73c991',
  33: '#e2c08d',
  34: '#75beff',
  35: '#c586c0',
  36: '#4ec9b0',
  90: '#8b949e',
};
const LINE = 18;
const CHARACTER = 7.83;
const MARGIN = 18;
const BAR = 30;

/** Pieces of one line: what is written, and how. */
function* pieces(line) {
  let style = { colour: null, bold: false };
  // eslint-disable-next-line no-control-regex -- escape sequences are what is looked for
  for (const part of line.split(/(\u001b\[[\d;]*m)/)) {
    // eslint-disable-next-line no-control-regex -- see above
    const codes = /^\u001b\[([\d;]*)m$/.exec(part)?.[1];
    if (codes === undefined) {
      if (part !== '') yield { ...style, words: part };
      continue;
    }
    for (const code of codes.split(';').map(Number)) {
      if (code === 0) style = { colour: null, bold: false };
      else if (code === 1) style = { ...style, bold: true };
      else if (code === 22) style = { ...style, bold: false };
      else if (code === 39) style = { ...style, colour: null };
      else if (code in COLOURS) style = { ...style, colour: COLOURS[code] };
    }
  }
}

function escape(words) {
  return words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function drawLine(line, index) {
  let column = 0;
  const spans = [...pieces(line)].map(({ words, colour, bold }) => {
    const x = MARGIN + column * CHARACTER;
    column += [...words].length;
    const fill = colour ? ` fill="${colour}"` : '';
    const weight = bold ? ' font-weight="700"' : '';
    // Each piece has its length told, so that a font of another width cannot shift what follows.
    const length = ([...words].length * CHARACTER).toFixed(1);
    return `<tspan x="${x.toFixed(1)}" textLength="${length}" lengthAdjust="spacingAndGlyphs"${fill}${weight}>${escape(words)}</tspan>`;
  });
  return `<text y="${BAR + MARGIN + index * LINE + 4}">${spans.join('')}</text>`;
}

const title = process.argv[2] ?? 'neutron-lab';
const lines = (await text(process.stdin)).replace(/\n+$/, '').split('\n');
// eslint-disable-next-line no-control-regex -- see above
const widest = Math.max(80, ...lines.map((line) => [...line.replace(/\u001b\[[\d;]*m/g, '')].length));
const width = Math.ceil(widest * CHARACTER + 2 * MARGIN);
const height = BAR + lines.length * LINE + 2 * MARGIN;
process.stdout
  .write(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escape(title)}">
<rect width="100%" height="100%" rx="10" fill="#1e1e1e"/>
<rect width="100%" height="${BAR}" rx="10" fill="#2d2d2d"/>
<g fill="#5a5a5a"><circle cx="20" cy="15" r="5.5"/><circle cx="38" cy="15" r="5.5"/><circle cx="56" cy="15" r="5.5"/></g>
<text x="50%" y="20" text-anchor="middle" fill="#9d9d9d" font-family="ui-sans-serif, system-ui, sans-serif" font-size="13">${escape(title)}</text>
<g xml:space="preserve" fill="#d4d4d4" font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="13">
${lines.map(drawLine).join('\n')}
</g>
</svg>
`);
