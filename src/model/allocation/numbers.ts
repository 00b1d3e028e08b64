/** Numbers that must differ from each other: VNIs, VRIDs, the last half of MACs. */
import { hash32 } from '../ids.js';

export interface NumberRequest {
  readonly id: string;
  /** Given by the file. */
  readonly wanted: number | null;
  /** Held by the same resource in the running lab. */
  readonly held: number | null;
}

export interface NumberAllocation {
  readonly numbers: ReadonlyMap<string, number>;
  /** Requests whose wanted number another one took first. */
  readonly conflicts: readonly NumberRequest[];
  /** Requests for which no number was left. */
  readonly exhausted: readonly NumberRequest[];
}

/**
 * What the file gives comes first, then what is held, then a number that follows from the id, the next free one when it
 * is taken. So a resource keeps its number when another one comes or goes.
 *
 * @param choice `lowest`: the lowest free number in the place of one that follows from the id
 */
export function allocateNumbers(
  requests: readonly NumberRequest[],
  lowest: number,
  highest: number,
  reserved: Iterable<number> = [],
  choice: 'lowest' | 'any' = 'any',
): NumberAllocation {
  const taken = new Set(reserved);
  const numbers = new Map<string, number>();
  const conflicts: NumberRequest[] = [];
  const exhausted: NumberRequest[] = [];
  const take = (request: NumberRequest, number: number): void => {
    taken.add(number);
    numbers.set(request.id, number);
  };
  for (const request of requests) {
    if (request.wanted === null) continue;
    if (taken.has(request.wanted)) conflicts.push(request);
    else take(request, request.wanted);
  }
  for (const request of requests) {
    const { held } = request;
    if (request.wanted !== null || held === null || held < lowest || taken.has(held)) continue;
    take(request, held);
  }
  const size = highest - lowest + 1;
  let inRange = [...taken].filter((number) => number >= lowest && number <= highest).length;
  for (const request of requests) {
    if (request.wanted !== null || numbers.has(request.id)) continue;
    if (inRange >= size) {
      exhausted.push(request);
      continue;
    }
    let offset = choice === 'lowest' ? 0 : hash32(request.id) % size;
    while (taken.has(lowest + offset)) offset = (offset + 1) % size;
    take(request, lowest + offset);
    inRange++;
  }
  return { numbers, conflicts, exhausted };
}
