/** The name of a thing that is seen from afar: as large as ever on the screen, and no longer than there is room. */
import { type ReactNode, createContext, useContext } from 'react';
import { FAR_LETTERS, shortened } from './far.js';

/** The zoom's step where one is too far away to read what is written on things; null: one is not. */
export const Afar = createContext<number | null>(null);

/** Of the card's edge and the name's own padding, pixels. */
const EDGE = { one: 2, group: 14 } as const;

interface Props {
  readonly name: string;
  /** Of what it is written on, in the picture's own units. */
  readonly width: number;
  readonly height: number;
  readonly of?: keyof typeof FAR_LETTERS;
  /** What follows it, where that has room. */
  readonly children?: ReactNode;
}

export function FarName({ name, width, height, of = 'one', children }: Props) {
  const zoom = useContext(Afar);
  if (zoom === null) return null;
  const letters = FAR_LETTERS[of];
  const room = width * zoom - EDGE[of];
  if (height * zoom < letters) return null;
  const text = fitting(name, room / letters);
  if (text === null) return null;
  return (
    <span className={`far-name far-${of}`} aria-hidden="true" style={{ fontSize: letters / zoom }}>
      <b>{text}</b>
      {children}
    </span>
  );
}

/** The dots are wider than most letters: what was counted is measured. @param room In letters' heights */
function fitting(name: string, room: number): string | null {
  let fits = Math.floor((room * name.length) / widthOf(name));
  let text = shortened(name, fits);
  while (text !== null && widthOf(text) > room) {
    fits = Math.min(fits, name.length) - 1;
    text = shortened(name, fits);
  }
  return text;
}

const widths = new Map<string, number>();
let pen: CanvasRenderingContext2D | null = null;

/** In letters' heights, as the window's own font is. */
function widthOf(name: string): number {
  const known = widths.get(name);
  if (known !== undefined) return known;
  pen ??= document.createElement('canvas').getContext('2d');
  if (pen === null) return name.length * 0.6;
  pen.font = `600 100px ${getComputedStyle(document.body).fontFamily}`;
  const width = pen.measureText(name).width / 100;
  widths.set(name, width);
  return width;
}
