/** The nodes' clock, told on this machine. */
import { readFileSync } from 'node:fs';
import type { Hello } from './node-events.js';

/** Kernels tell apart by this id; null where this machine has none (it is no Linux). */
function localBootId(): string | null {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return null;
  }
}

/**
 * A function that tells the nodes' CLOCK_MONOTONIC, in seconds.
 *
 * Where the nodes share this machine's kernel it is the same clock as ours, without error. Elsewhere it is derived from
 * the wall clocks of both, and as good as their agreement.
 */
export function nodeClock(hello: Hello): () => number {
  if (hello.boot === localBootId()) return () => Number(process.hrtime.bigint()) / 1e9;
  return () => Date.now() / 1000 - hello.real + hello.t;
}
