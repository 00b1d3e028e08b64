/** The lanes as a file of their own: SVG with the colours that they have on the screen, or PNG made of it. */

const KEPT = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'stroke-linejoin',
  'paint-order',
  'opacity',
  'font-family',
  'font-size',
  'font-weight',
];

/** Pixels above the lanes, for a line of words. */
const HEAD = 26;

/** @param caption What the lanes are of, and what was measured, for whoever sees the file alone */
export function svgOf(svg: SVGSVGElement, caption: string): string {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const originals = [svg, ...svg.querySelectorAll<SVGElement>('*')];
  const copies = [copy, ...copy.querySelectorAll<SVGElement>('*')];
  originals.forEach((original, nth) => {
    const style = getComputedStyle(original);
    for (const name of KEPT) copies[nth]?.setAttribute(name, style.getPropertyValue(name));
  });
  for (const button of copy.querySelectorAll('.stop-probe')) button.remove();
  for (const one of copies) one.removeAttribute('class');
  const { width, height } = sizeOf(svg);
  put(copy, { xmlns: SVG, width, height, viewBox: `0 ${-HEAD} ${width} ${height}` });
  const label = svg.querySelector('.lane-label');
  const { fill, fontFamily } = getComputedStyle(label ?? svg);
  const words = put(document.createElementNS(SVG, 'text'), { x: 14, y: -8, fill, 'font-family': fontFamily });
  put(words, { 'font-size': '13px', 'font-weight': 600 });
  words.textContent = caption;
  const ground = put(document.createElementNS(SVG, 'rect'), { y: -HEAD, width, height, fill: groundOf(svg) });
  copy.prepend(ground, words);
  return new XMLSerializer().serializeToString(copy);
}

const SVG = 'http://www.w3.org/2000/svg';

function put<E extends Element>(element: E, attributes: Readonly<Record<string, string | number>>): E {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  return element;
}

function sizeOf({ clientWidth: width, clientHeight: height }: SVGSVGElement): { width: number; height: number } {
  return { width, height: height + HEAD };
}

/** What is seen behind it: an element without a colour of its own shows that of the one around it. */
function groundOf(element: Element | null): string {
  if (element === null) return 'white';
  const { backgroundColor } = getComputedStyle(element);
  return /^rgba\(.*, 0\)$|^transparent$/.test(backgroundColor) ? groundOf(element.parentElement) : backgroundColor;
}

/** @returns Base64 of a PNG, twice as large as on the screen. */
export async function pngOf(svg: SVGSVGElement, caption: string): Promise<string> {
  const address = URL.createObjectURL(new Blob([svgOf(svg, caption)], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement('canvas');
    const { width, height } = sizeOf(svg);
    canvas.width = width * 2;
    canvas.height = height * 2;
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return canvas.toDataURL('image/png').replace(/^data:image\/png;base64,/, '');
  } finally {
    URL.revokeObjectURL(address);
  }
}
