/** The arrow keys on the sheet: from a thing along its cables to what they lead to. */
import { type KeyboardEvent, useCallback, useRef } from 'react';
import { useReactFlow } from '@xyflow/react';
import { store } from '../store.js';
import { openMenu } from '../thing.js';
import { type Arrow, type Tie, stepAlong } from './cable-walk.js';
import type { Drawn, Line } from './elements.js';
import type { Rectangle } from './wire.js';

const ARROWS: ReadonlySet<string> = new Set<Arrow>(['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight']);

/** What stands for a thing, or a cable, on the sheet; not what is inside of it. */
const STOPS = '.react-flow__node[data-key], .react-flow__edge[data-key]';

/** Frames within which React Flow has drawn what has come into sight. */
const SOON = 10;

/** @returns What is to be told of keys */
export function useCableKeys(nodes: readonly Drawn[], lines: readonly Line[]) {
  const { setCenter, getZoom } = useReactFlow();
  const origin = useRef<string | null>(null);
  return useCallback(
    (event: KeyboardEvent) => {
      const { target, key, currentTarget } = event;
      if (!(target instanceof Element) || !target.matches(STOPS)) return;
      const { ctrlKey, altKey, metaKey, shiftKey } = event;
      if (ctrlKey || altKey || metaKey || (shiftKey && key !== 'Tab')) return;
      const at = target.getAttribute('data-key') ?? '';
      const onCable = target.matches('.react-flow__edge');
      const ends = onCable ? endsOf(lines, at) : [];
      const end = ends.find((one) => one === origin.current) ?? ends[0] ?? null;
      const go = (to: string): void => {
        origin.current = onCable ? origin.current : at;
        const node = nodes.find(({ id }) => id === to);
        focus(currentTarget, to, () => {
          if (!node) return;
          const { position, width = 0, height = 0 } = node;
          void setCenter(position.x + width / 2, position.y + height / 2, { zoom: getZoom() });
        });
      };
      if (isArrow(key)) {
        // The arrow keys move what is chosen.
        if (!onCable && store.now.chosen === at) return;
        const to = stepAlong(key, at, end, tiesOf(lines), new Map(nodes.map((node) => [node.id, placeOf(node)])));
        if (to === null && !onCable) return;
        if (to !== null) go(to);
      } else if (!onCable) return;
      else if (key === 'Tab') {
        // A cable is no tab stop: one goes on from where one came.
        if (end !== null) elementOf(currentTarget, end)?.focus();
        return;
      } else if (key === 'Escape') {
        if (end !== null) go(end);
      } else if (key === 'Enter' || key === ' ') openMenu(target);
      else return;
      event.preventDefault();
      event.stopPropagation();
    },
    [nodes, lines, setCenter, getZoom],
  );
}

function isArrow(key: string): key is Arrow {
  return ARROWS.has(key);
}

function tiesOf(lines: readonly Line[]): Tie[] {
  return lines.flatMap((line): Tie[] =>
    line.type === 'cable' && line.data
      ? [{ key: line.id, device: line.source, network: line.target, dx: line.data.dx }]
      : [],
  );
}

function endsOf(lines: readonly Line[], cable: string): string[] {
  const line = lines.find(({ id }) => id === cable);
  return line ? [line.source, line.target] : [];
}

function placeOf({ position, width = 0, height = 0 }: Drawn): Rectangle {
  return { ...position, width, height };
}

function elementOf(sheet: Element, key: string): HTMLElement | SVGElement | null {
  return sheet.querySelector<HTMLElement | SVGElement>(`:is(${STOPS})[data-key="${CSS.escape(key)}"]`);
}

/** @param bring Brings it into sight: of many things only those are there that are seen */
function focus(sheet: Element, key: string, bring: () => void): void {
  const there = elementOf(sheet, key);
  if (there) {
    there.focus({ preventScroll: true });
    return;
  }
  bring();
  let frames = 0;
  const again = (): void => {
    const come = elementOf(sheet, key);
    frames += 1;
    if (come) come.focus({ preventScroll: true });
    else if (frames < SOON) requestAnimationFrame(again);
  };
  requestAnimationFrame(again);
}
