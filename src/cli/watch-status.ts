/** `status --watch`: drawn again after events on a terminal, a line an event elsewhere. */
import type { LabEvent } from '../lab/watch.js';
import { watchLab } from '../lab/watch.js';
import { type Readings, readNodes, statusOf } from '../lab/status.js';
import type { RunningLab } from '../lab/running-lab.js';
import type { Lab } from '../model/resources.js';
import type { Interrupt } from './interrupt.js';
import { eventJson, renderEvent } from './render/events.js';
import { renderStatus } from './render/status.js';
import { fit } from '../render/paint.js';
import { describeError, errorLines, reportError } from './report-error.js';
import type { Terminal } from './terminal.js';
import { tellingEvents } from './told-events.js';

const ENTER_SCREEN = '\u001b[?1049h\u001b[?25l';
const LEAVE_SCREEN = '\u001b[?25h\u001b[?1049l';
const HOME = '\u001b[H';
const REST_OF_LINE = '\u001b[K';
const REST_OF_SCREEN = '\u001b[J';

/** Events that stay on the screen below the tables. */
const TAIL = 8;

/** JSON lines: the state first, then every event, with `t`, the clock of the node that told it. */
export async function watchAsJson(
  running: RunningLab,
  lab: Lab,
  terminal: Terminal,
  interrupt: Interrupt,
): Promise<void> {
  const early: object[] = [];
  let started = false;
  const tell = tellingEvents(
    running,
    (event) => {
      const value = eventJson(event);
      if (value === null) return;
      if (started) terminal.jsonLine(value);
      else early.push(value);
    },
    failing(terminal, true),
  );
  const watching = await watchLab(running, lab, tell);
  terminal.jsonLine({ type: 'status', status: statusOf(lab, watching.first) });
  started = true;
  for (const value of early) terminal.jsonLine(value);
  await Promise.race([interrupt.pressed(), watching.over]).finally(() => watching.stop());
}

export async function watchAsLines(
  running: RunningLab,
  lab: Lab,
  terminal: Terminal,
  interrupt: Interrupt,
): Promise<void> {
  const tell = tellingEvents(
    running,
    (event) => {
      const line = renderEvent(event, Date.now() / 1000, terminal.paint);
      if (line !== null) terminal.line(line);
    },
    failing(terminal, false),
  );
  const watching = await watchLab(running, lab, tell);
  terminal.line(...renderStatus(statusOf(lab, watching.first), terminal.paint, terminal.width), '');
  await Promise.race([interrupt.pressed(), watching.over]).finally(() => watching.stop());
}

/** An event that cannot be told is a defect, and no reason to stop watching. */
function failing(terminal: Terminal, json: boolean): (error: unknown) => void {
  return (error) => {
    reportError(error, terminal, json);
  };
}

/** The whole screen, until Ctrl-C; the last state stays on the ordinary screen. */
export async function watchOnScreen(
  running: RunningLab,
  lab: Lab,
  terminal: Terminal,
  interrupt: Interrupt,
): Promise<void> {
  const tail: string[] = [];
  let readings: Readings = new Map();
  let wake: () => void = () => undefined;
  let stirred = false;
  const pending = (): boolean => stirred;
  const stir = (): void => {
    stirred = true;
    wake();
  };
  const onEvent = (event: LabEvent): void => {
    const line = renderEvent(event, Date.now() / 1000, terminal.paint);
    if (line !== null) tail.push(line);
    tail.splice(0, Math.max(0, tail.length - TAIL));
    stir();
  };
  // On the screen itself: what is written beside it would be drawn over.
  const onFailure = (error: unknown): void => {
    tail.push(...errorLines(describeError(error), terminal.paint));
    stir();
  };
  const status = (): string[] => renderStatus(statusOf(lab, readings), terminal.paint, terminal.width);
  const draw = (): void => {
    const foot = ['', terminal.paint('Ctrl-C ends this; the lab goes on.', 'grey')];
    const room = terminal.rows - foot.length - tail.length - 2;
    const body = status();
    const shown = body.length > room ? [...body.slice(0, Math.max(1, room - 1)), terminal.paint('…', 'grey')] : body;
    const lines = [...shown, ...(tail.length > 0 ? ['', ...tail] : []), ...foot];
    const text = lines.map((line) => fit(line, terminal.columns) + REST_OF_LINE).join('\n');
    terminal.write(HOME + text + REST_OF_SCREEN);
  };

  const watching = await watchLab(running, lab, tellingEvents(running, onEvent, onFailure));
  readings = watching.first;
  terminal.streams.stdout.on('resize', draw);
  interrupt.signal.addEventListener('abort', stir);
  const lost: Error[] = [];
  watching.over.catch((error: unknown) => {
    lost.push(error instanceof Error ? error : new Error(String(error)));
    stir();
  });
  terminal.write(ENTER_SCREEN);
  try {
    draw();
    const over = (): boolean => interrupt.signal.aborted;
    while (!over()) {
      if (!pending()) await new Promise<void>((resolve) => (wake = resolve));
      if (over() || lost.length > 0) break;
      stirred = false;
      draw();
      await running.refresh();
      readings = await readNodes(running);
      draw();
    }
  } finally {
    terminal.streams.stdout.off('resize', draw);
    terminal.write(LEAVE_SCREEN);
    await watching.stop();
  }
  terminal.line(...status());
  for (const error of lost) throw error;
}
