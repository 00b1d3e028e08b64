/** The command log of a node: reasons as comments, commands as they would be typed, so that it can be copied. Pure. */
import { type CommandRecord, recordLine } from '../../lab/command-log.js';
import { type Paint, printable, wrap } from '../../render/paint.js';
import { clock } from '../../render/words.js';

export function renderCommandLog(records: readonly CommandRecord[], paint: Paint, width: number): string[] {
  const lines: string[] = [];
  let heading = '';
  for (const record of records) {
    const { resource, why, time, code } = record;
    const next = JSON.stringify([resource.kind, resource.id, why, Math.floor(time)]);
    if (next !== heading) {
      const of = resource.name === '' ? resource.id : resource.name;
      const text = `${clock(time)} ${resource.kind} ${printable(of)}: ${printable(why)}`;
      lines.push(...(lines.length > 0 ? [''] : []), ...wrap(text, width - 2).map((line) => paint(`# ${line}`, 'grey')));
    }
    heading = next;
    const line = printable(recordLine(record));
    lines.push(code === 0 ? line : `${paint(line, 'red')}  ${paint(`# failed with code ${String(code)}`, 'red')}`);
  }
  return lines;
}
