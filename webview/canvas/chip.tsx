/** An address that somebody wears. When another one puts it on, it is seen to go there. */
import { useLayoutEffect, useRef } from 'react';
import type { WornAddress } from '../../src/picture/picture.js';
import { hueClass } from './hue.js';

/** Who wore it last, by the address and what it belongs to: the element of the box. */
const wearers = new Map<string, HTMLElement>();

const CALM = matchMedia('(prefers-reduced-motion: reduce)');
/** Milliseconds of the way. */
const WAY = 700;

interface ChipProps {
  readonly worn: WornAddress;
  /** Of the router: the same address may be another's elsewhere. */
  readonly owner: string;
  /** It would wear it. */
  readonly ghost?: boolean;
}

export function Chip({ worn: { address, hue, kind }, owner, ghost = false }: ChipProps) {
  const element = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => {
    const chip = element.current;
    const box = chip?.closest<HTMLElement>('.box') ?? null;
    if (ghost || chip === null || box === null) return;
    const key = `${owner} ${address}`;
    const before = wearers.get(key);
    wearers.set(key, box);
    if (before === undefined || before === box || !before.isConnected) return;
    if (CALM.matches) chip.animate([{ opacity: 0 }, { opacity: 1 }], WAY);
    else fly(chip, before);
  }, [address, owner, ghost]);
  const classes = ['chip', hueClass(hue), kind, ghost ? 'ghost' : ''].join(' ');
  return (
    <span ref={element} className={classes}>
      {address}
    </span>
  );
}

function fly(chip: HTMLElement, from: HTMLElement): void {
  const start = from.getBoundingClientRect();
  const end = chip.getBoundingClientRect();
  // The picture is zoomed, and what moves within it is measured in its units.
  const zoom = end.width / Math.max(1, chip.offsetWidth);
  const x = (start.left + start.width / 2 - end.left - end.width / 2) / zoom;
  const y = (start.top + start.height / 2 - end.top - end.height / 2) / zoom;
  chip.animate(
    [
      { transform: `translate(${x}px, ${y}px) scale(1.1)`, zIndex: 20, opacity: 0.4 },
      { transform: `translate(${x / 2}px, ${y / 2 - 40}px) scale(1.25)`, zIndex: 20, opacity: 1, offset: 0.5 },
      { transform: 'none', zIndex: 20 },
    ],
    { duration: WAY, easing: 'ease-in-out' },
  );
}
