/** `neutron-lab lesson room`: the trainer's view. */
import { watch } from 'node:fs';
import { hostname } from 'node:os';
import type { Command } from 'commander';
import { type Unread, collected } from '../../lesson/progress/collected.js';
import { isEndpoint } from '../../lesson/progress/endpoint.js';
import { type RoomRow, roomOf } from '../../lesson/progress/room.js';
import { serveRoom } from '../../lesson/progress/room-server.js';
import { type Paint, printable } from '../../render/paint.js';
import { age } from '../../render/words.js';
import type { CommandContext } from '../command-definition.js';
import { UsageError } from '../errors.js';
import { Interrupt } from '../interrupt.js';
import { LiveRegion } from '../live-region.js';
import { type JsonChoice, examples, wholeNumber, withJson } from '../options.js';
import { table } from '../render/table.js';
import type { Terminal } from '../terminal.js';

/** As `--json` has it. */
interface Room {
  readonly learners: readonly RoomRow[];
  readonly unread: readonly Unread[];
}

interface RoomOptions extends JsonChoice {
  readonly watch?: boolean;
  readonly listen?: number;
  readonly host: string;
  readonly minutes: number;
  readonly checks: number;
}

export function defineRoom(parent: Command, { terminal }: CommandContext): void {
  const room = parent
    .command('room')
    .summary('who is where, and who is stuck: what learners chose to collect')
    .description(
      'Who is where, and who is stuck. It shows what learners collect by their own choice, with --collect, NEUTRON_LAB_COLLECT or the setting, into a folder that you share or to an endpoint that this serves.',
    );
  withJson(room)
    .argument('<folder>', 'where they collect into, or the address of an endpoint')
    .option('--watch', 'go on, and show what changes')
    .option('--listen <port>', 'be the endpoint, and keep in the folder what comes', wholeNumber(1, 65_535))
    .option('--host <address>', 'where to listen', '127.0.0.1')
    .option('--minutes <n>', 'stuck after so long without a check that passes', wholeNumber(1, 600), 10)
    .option('--checks <n>', 'stuck after so many checks in a row that do not pass', wholeNumber(1, 100), 5);
  examples(
    room,
    ['neutron-lab lesson room /mnt/class --watch', 'a folder that all machines have'],
    ['neutron-lab lesson room class --listen 8321 --host 0.0.0.0', 'learners: NEUTRON_LAB_COLLECT=http://HOST:8321'],
  );
  room.action(async (target: string, options: RoomOptions) => {
    const { listen, host } = options;
    if (listen !== undefined && isEndpoint(target))
      throw new UsageError('An endpoint cannot be served from an endpoint.', 'Name a folder.');
    const look = async (): Promise<Room> => {
      const { progress, unread } = await collected(target);
      return { learners: roomOf(progress, Date.now(), options), unread };
    };
    if (options.watch !== true && listen === undefined) {
      const now = await look();
      if (options.json === true) terminal.json(now);
      else terminal.line(...renderRoom(now, Date.now(), terminal.paint, terminal.width));
      return;
    }
    await follow(target, options, look, terminal, listen === undefined ? null : { host, port: listen });
  });
}

async function follow(
  target: string,
  { json }: RoomOptions,
  look: () => Promise<Room>,
  terminal: Terminal,
  endpoint: { readonly host: string; readonly port: number } | null,
): Promise<void> {
  // What is no room says so at once.
  if (endpoint === null) await look();
  using interrupt = new Interrupt(terminal, null);
  using region = new LiveRegion(terminal);
  const show = (): void => {
    look().then(
      (now) => {
        if (json === true) terminal.jsonLine(now);
        else if (terminal.live) region.update(() => renderRoom(now, Date.now(), terminal.paint, terminal.width));
        else terminal.line(...renderRoom(now, Date.now(), terminal.paint, terminal.width), '');
      },
      // It may come back: a share that is away for a moment.
      (error: unknown) => {
        const lines = [error instanceof Error ? error.message : String(error)];
        if (json === true) return;
        if (terminal.live) region.update(() => lines);
        else terminal.errorLine(...lines);
      },
    );
  };
  const server = endpoint === null ? null : await serveRoom(target, { ...endpoint, onChange: show });
  if (endpoint !== null && json !== true)
    terminal.line(
      `Learners collect into http://${reachable(endpoint.host)}:${String(endpoint.port)} by NEUTRON_LAB_COLLECT. Ctrl-C ends it.`,
      '',
    );
  // An endpoint of somebody else does not tell when something comes.
  const watching = isEndpoint(target) || server !== null ? null : watch(target, show);
  watching?.on('error', show);
  // Minutes go by without anybody doing anything.
  const clock = setInterval(show, 20_000);
  try {
    show();
    await interrupt.pressed();
  } finally {
    clearInterval(clock);
    watching?.close();
    server?.close();
    server?.closeAllConnections();
  }
}

/** Whoever listens everywhere is found by the machine's name. */
function reachable(host: string): string {
  if (host === '0.0.0.0' || host === '::') return hostname();
  return host.includes(':') ? `[${host}]` : host;
}

function renderRoom({ learners, unread }: Room, now: number, paint: Paint, width: number): string[] {
  const missing = unread.flatMap(({ file, why, remedy }) => [
    `${paint('!', 'yellow')} ${paint(printable(file), 'bold')} is left out: ${printable(why)}.`,
    paint(`  ${printable(remedy)}`, 'grey'),
  ]);
  if (learners.length === 0) return missing.length === 0 ? ['Nobody has collected anything here yet.'] : missing;
  return [...renderLearners(learners, now, paint, width), ...(missing.length === 0 ? [] : ['', ...missing])];
}

function renderLearners(rows: readonly RoomRow[], now: number, paint: Paint, width: number): string[] {
  const colour = { done: 'green', stuck: 'red', working: 'cyan', away: 'grey' } as const;
  return table(
    ['LEARNER', 'LESSON', 'STEPS', 'SOLVED', '', 'SINCE', ''],
    rows.map(({ learner, lesson, passed, steps, solved, state, since, why }) => [
      paint(printable(learner), 'bold'),
      printable(lesson),
      `${String(passed)} of ${String(steps)}`,
      solved === 0 ? '' : String(solved),
      paint(state, colour[state]),
      age((now - since) / 1000),
      why,
    ]),
    paint,
    0,
    width,
  );
}
