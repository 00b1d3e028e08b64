/**
 * Where the arrow keys lead along the cables: up and down from a thing to a cable and from the cable to what is at its other end,
 * left and right to the cables beside it. So a picture with hundreds of them has no more tab stops for it. Pure.
 */
import type { Rectangle } from './wire.js';

/** What is drawn of a cable. */
export interface Tie {
  /** Of its port, as `src/picture/keys.ts` has it. */
  readonly key: string;
  readonly device: string;
  readonly network: string;
  /** Where it leaves the device, from its left edge. */
  readonly dx: number;
}

export type Arrow = 'ArrowUp' | 'ArrowDown' | 'ArrowLeft' | 'ArrowRight';

/**
 * @param at What has the focus: a cable, or a thing that cables are at
 * @param origin The end that the cable was reached from: cables beside one another are those of that end; null: its device
 * @returns The key of what is to have the focus; null where there is nothing in that direction
 */
export function stepAlong(
  arrow: Arrow,
  at: string,
  origin: string | null,
  ties: readonly Tie[],
  places: ReadonlyMap<string, Rectangle>,
): string | null {
  const tie = ties.find(({ key }) => key === at);
  if (!tie)
    return arrow === 'ArrowUp' || arrow === 'ArrowDown' ? (cablesAt(at, arrow, ties, places)[0]?.key ?? null) : null;
  if (arrow === 'ArrowUp' || arrow === 'ArrowDown')
    return leavesBy(tie, tie.device, places) === arrow ? tie.network : tie.device;
  const end = origin === tie.network ? tie.network : tie.device;
  const beside = cablesAt(end, leavesBy(tie, end, places), ties, places);
  const nth = beside.indexOf(tie);
  return beside[arrow === 'ArrowLeft' ? nth - 1 : nth + 1]?.key ?? null;
}

/** From left to right. */
function cablesAt(
  end: string,
  arrow: Arrow,
  ties: readonly Tie[],
  places: ReadonlyMap<string, Rectangle>,
): readonly Tie[] {
  const x = ({ device, dx }: Tie): number => (places.get(device)?.x ?? 0) + dx;
  return ties
    .filter((tie) => (tie.device === end || tie.network === end) && leavesBy(tie, end, places) === arrow)
    .sort((one, other) => x(one) - x(other));
}

/** Whether it goes up or down from one of its ends. */
function leavesBy(
  { device, network }: Tie,
  end: string,
  places: ReadonlyMap<string, Rectangle>,
): 'ArrowUp' | 'ArrowDown' {
  const [one, other] = [places.get(device), places.get(network)];
  const networkIsBelow = middleOf(other) > middleOf(one);
  return networkIsBelow === (end === device) ? 'ArrowDown' : 'ArrowUp';
}

function middleOf(place: Rectangle | undefined): number {
  return place ? place.y + place.height / 2 : 0;
}
