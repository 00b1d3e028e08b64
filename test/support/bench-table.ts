/** A bench's report as text for a terminal. */
import type { Report, ReportedFigure, Unit } from './bench.js';

const HEADINGS = ['figure', 'median', 'min – max', 'runs', 'promised', 'beside'] as const;

export function renderReport({ title, machine, figures }: Report): string {
  const rows = [[...HEADINGS], ...figures.map(row)];
  const widths = HEADINGS.map((_, column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0)));
  const table = rows.map((cells) => cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '));
  return [
    '',
    title,
    `${String(machine.cores)} × ${machine.cpu}, ${String(machine.memory)} GiB, ${machine.kernel}, ${machine.engine === null ? 'no engine needed' : `engine ${machine.engine}`}, Node.js ${machine.node}`,
    '',
    ...table.map((line) => `  ${line.trimEnd()}`),
    '',
    ...methods(figures),
    '',
  ].join('\n');
}

/** Figures that were taken alike are told of together. */
function methods(figures: readonly ReportedFigure[]): string[] {
  const distinct = [...new Set(figures.map(({ method }) => method))];
  return distinct.map((method) => {
    const names = figures.filter((figure) => figure.method === method).map(({ name }) => name);
    return `  ${names.join(', ')}: ${method}`;
  });
}

function row(figure: ReportedFigure): string[] {
  const { unit, median, min, max, count, atMost, comparedWith, beside = '' } = figure;
  return [
    figure.name,
    quantity(median, unit),
    count === 1 ? '' : `${number(min)} – ${quantity(max, unit)}`,
    String(count),
    atMost === undefined ? '' : `≤ ${quantity(atMost, unit)}, ${median <= atMost ? 'kept' : 'NOT kept'}`,
    comparedWith === undefined
      ? beside
      : `${ratio(median, comparedWith.value, unit)} ${comparedWith.name} (${quantity(comparedWith.value, unit)})`,
  ];
}

function ratio(ours: number, theirs: number, unit: Unit): string {
  const [less, more] = unit === 'MB' ? ['smaller', 'larger'] : ['quicker', 'slower'];
  return ours <= theirs ? `${number(theirs / ours)} times ${less} than` : `${number(ours / theirs)} times ${more} than`;
}

function quantity(value: number, unit: Unit): string {
  return `${number(value)} ${unit}`;
}

/** Three significant digits are more than such a measurement deserves. */
function number(value: number): string {
  return value >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(3)));
}
