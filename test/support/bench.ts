/**
 * Figures of a bench: values are added as they are measured; `finish` prints the table with the machine it ran on and
 * how each figure was taken, and leaves the same as JSON where NEUTRON_LAB_BENCH_JSON names a file.
 */
import { writeFileSync } from 'node:fs';
import { cpus, platform, release, totalmem } from 'node:os';
import { renderReport } from './bench-table.js';

export type Unit = 's' | 'ms' | 'MB';

export interface FigureSpec {
  readonly name: string;
  readonly unit: Unit;
  /** How it was taken, in a sentence: from which event to which, on which lab. */
  readonly method: string;
  /** What the project promises. */
  readonly atMost?: number;
  /** The same of something else, in the same unit. */
  readonly comparedWith?: { readonly name: string; readonly value: number };
  /** What it is to be read beside, where that is no one figure. */
  readonly beside?: string;
}

export interface Summary {
  readonly count: number;
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

export interface Machine {
  readonly cores: number;
  readonly cpu: string;
  /** GiB. */
  readonly memory: number;
  readonly kernel: string;
  readonly node: string;
  /** Null where none was needed. */
  readonly engine: string | null;
}

export interface Engine {
  readonly name: string;
  readonly version: string;
}

export interface ReportedFigure extends FigureSpec, Summary {
  readonly values: readonly number[];
}

export interface Report {
  readonly title: string;
  readonly machine: Machine;
  readonly figures: readonly ReportedFigure[];
}

export class Figure {
  readonly #values: number[] = [];

  constructor(readonly spec: FigureSpec) {}

  /** In the figure's unit. */
  add(value: number): void {
    this.#values.push(value);
  }

  /** Runs something and adds the time that it took. */
  async time<T>(run: () => Promise<T>): Promise<T> {
    const began = performance.now();
    const result = await run();
    const milliseconds = performance.now() - began;
    this.add(this.spec.unit === 's' ? milliseconds / 1000 : milliseconds);
    return result;
  }

  report(): ReportedFigure {
    return { ...this.spec, ...summarise(this.#values), values: this.#values };
  }
}

export class Bench {
  readonly #figures: Figure[] = [];

  constructor(readonly title: string) {}

  figure(spec: FigureSpec): Figure {
    const figure = new Figure(spec);
    this.#figures.push(figure);
    return figure;
  }

  /** @param engine The engine it ran on; absent where none was needed. */
  finish(engine?: Engine): void {
    const report: Report = {
      title: this.title,
      machine: machine(engine === undefined ? null : `${engine.name} ${engine.version}`),
      figures: this.#figures.map((figure) => figure.report()),
    };
    process.stdout.write(renderReport(report));
    const file = process.env.NEUTRON_LAB_BENCH_JSON;
    if (file !== undefined) writeFileSync(file, `${JSON.stringify(report, null, 2)}\n`);
  }
}

/** @throws RangeError when nothing was measured. */
export function summarise(values: readonly number[]): Summary {
  const sorted = [...values].sort((a, b) => a - b);
  const [min, max] = [sorted[0], sorted.at(-1)];
  const [below, above] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  if (min === undefined || max === undefined || below === undefined || above === undefined)
    throw new RangeError('A figure has no value: nothing was measured.');
  return { count: sorted.length, median: (below + above) / 2, min, max };
}

function machine(engine: string | null): Machine {
  const processors = cpus();
  return {
    cores: processors.length,
    cpu: processors[0]?.model.trim() ?? 'unknown',
    memory: Math.round(totalmem() / 2 ** 30),
    kernel: `${platform()} ${release()}`,
    node: process.versions.node,
    engine,
  };
}
