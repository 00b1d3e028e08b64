/** `neutron-lab demo`: what `npm run demo` shows. */
import { measureFailover } from '../../experiment/failover.js';
import type { FailoverReport } from '../../experiment/failover-report.js';
import { readNodes, statusOf } from '../../lab/status.js';
import type { RunningLab } from '../../lab/running-lab.js';
import type { Lab } from '../../model/resources.js';
import { awaitReady, bringUp, provideImage } from '../bring-up.js';
import { intentOf } from '../lab-file.js';
import type { DefineCommand } from '../command-definition.js';
import { demoPings, runDemoPing } from '../demo-pings.js';
import { Interrupt } from '../interrupt.js';
import { openEngine } from '../lab-access.js';
import { readLabText } from '../lab-path.js';
import { onlyHaRouter } from '../lab-words.js';
import { LiveRegion } from '../live-region.js';
import { type EngineChoice, exampleLines, examples, withEngine } from '../options.js';
import { bundledLab } from '../package-folder.js';
import { renderFailoverProgress } from '../render/failover.js';
import { renderOutageBars } from '../../render/outage-bar.js';
import { wrap } from '../../render/paint.js';
import { renderTopology } from '../render/topology.js';
import { milliseconds, seconds } from '../../render/words.js';
import type { Terminal } from '../terminal.js';
import { engineText, ensureEngine } from './engine.js';

const INTERVAL_MS = 20;

class Tour {
  private stage = 0;

  constructor(
    readonly terminal: Terminal,
    readonly signal: AbortSignal,
  ) {}

  heading(text: string): void {
    this.stage += 1;
    const { paint } = this.terminal;
    this.terminal.line('', `${paint(String(this.stage), 'cyan', 'bold')}  ${paint(text, 'bold')}`, '');
  }

  done(text: string): void {
    this.terminal.prose(`  ${this.terminal.paint('✓', 'green')} ${text}`);
  }

  /** A paragraph for a person who learns. */
  say(text: string): void {
    this.terminal.line(...wrap(text, Math.min(this.terminal.columns, 100) - 3).map((line) => `  ${line}`));
  }
}

async function ping(tour: Tour, running: RunningLab, lab: Lab): Promise<void> {
  const { terminal } = tour;
  for (const one of demoPings(lab)) {
    const { command, received, average } = await runDemoPing(running, lab, one);
    terminal.line(`  ${terminal.paint(`${one.from}$`, 'grey')} ${terminal.paint(command, 'cyan')}`);
    tour.done(`${one.to} answers: ${String(received)} of 3${average === null ? '' : `, ${average.toFixed(2)} ms`}`);
  }
}

/** The failover as it happens, with a clock that runs while nobody is MASTER. */
async function failover(tour: Tour, running: RunningLab, lab: Lab, routerId: string): Promise<FailoverReport> {
  const { terminal, signal } = tour;
  using region = new LiveRegion(terminal);
  let ticking: NodeJS.Timeout | null = null;
  const stop = (): void => {
    if (ticking) clearInterval(ticking);
    ticking = null;
    region.update(() => []);
  };
  const tick = (): void => {
    const began = performance.now();
    ticking = setInterval(() => {
      const text = `    ${seconds((performance.now() - began) / 1000)} without a MASTER; its peers wait for its advertisements`;
      region.update(() => [terminal.paint(text, 'grey')]);
    }, 100);
  };
  try {
    return await measureFailover(running, lab, {
      routerId,
      fault: 'node',
      times: 1,
      intervalMs: INTERVAL_MS,
      signal,
      onProgress: (progress) => {
        const lines = renderFailoverProgress(progress, 1, terminal.paint);
        if (progress.type === 'role' && progress.change.role === 'MASTER') stop();
        if (lines.length > 0 && progress.type !== 'run') region.above(...lines);
        if (progress.type === 'stage' && progress.stage === 'takeover') tick();
      },
    });
  } finally {
    stop();
  }
}

function next(tour: Tour, lab: Lab, router: string): void {
  const { terminal } = tour;
  const lines: readonly (readonly [string, string])[] = [
    ['npx neutron-lab status --watch', 'the lab, live; break it from another terminal'],
    [`npx neutron-lab exec -it ${lab.instances[0]?.name ?? 'network1'}`, 'sit at an instance and look around'],
    [`npx neutron-lab failover ${router} --by terminate`, 'the same with a farewell: how much shorter is it?'],
  ];
  terminal.line('', `The lab is still there (${terminal.paint('npx neutron-lab down', 'cyan')} removes it). Try next:`);
  const painted = lines.map(([command, what]) => [terminal.paint(command, 'cyan'), what] as const);
  terminal.line(...exampleLines(painted, terminal.width));
}

async function runTour(terminal: Terminal, path: string | undefined, options: EngineChoice): Promise<void> {
  const { paint } = terminal;
  terminal.prose(
    `${paint('Neutron Lab', 'bold')}: the networking of OpenStack, real namespaces and real keepalived, on this machine.`,
  );
  const labText = await readLabText(path ?? bundledLab('ha-router'));

  const { engine } = await ensureEngine(options, terminal, { yes: true, quiet: false });
  using interrupt = new Interrupt(terminal);
  const { signal } = interrupt;
  const tour = new Tour(terminal, signal);
  tour.heading('What it stands on');
  tour.done(`${engineText(engine)}.`);
  const runtime = await openEngine(options);
  try {
    const image = await provideImage(runtime, terminal, false, signal);
    tour.done(`Nodes are containers of the image ${image}.`);

    tour.heading('The lab comes up');
    const intent = await intentOf(runtime, labText);
    const { lab } = intent;
    const began = performance.now();
    using running = (await bringUp(runtime, intent, terminal, { image, signal, quiet: false })).running;
    tour.done(`${String(lab.nodes.length)} nodes are configured, ${milliseconds(performance.now() - began)}.`);
    const status = await awaitReady(running, lab, terminal, { signal, quiet: false });
    tour.done(
      `keepalived has elected one MASTER, and everyone has an address, ${milliseconds(performance.now() - began)}.`,
    );
    terminal.line('', ...renderTopology(lab, status, paint, terminal.columns));

    tour.heading('Packets go through the router');
    await ping(tour, running, lab);

    const router = onlyHaRouter(lab.routers, 'in this lab');
    tour.heading('The active network node dies');
    const report = await failover(tour, running, lab, router.id);
    const [run] = report.runs;
    if (run) {
      tour.heading('The outage, measured and predicted');
      terminal.line(...renderOutageBars(run, paint, terminal.columns), '');
      tour.say(run.explanation);
    }

    tour.heading('Healed');
    const after = statusOf(lab, await readNodes(running)).routers.find(({ id }) => id === router.id);
    for (const { node, role } of after?.replicas ?? []) tour.done(`${node} is ${role}`);
    next(tour, lab, router.name);
  } finally {
    runtime.close();
  }
}

export const defineDemo: DefineCommand = (command, { terminal }) => {
  command.description(
    'The tour: finds or installs an engine (it says what it does), makes the node image, brings up the lab ha-router, kills its active network node, and measures the outage. The lab is left running.',
  );
  command.argument('[path]', 'a lab of your own with one HA router; labs/ha-router where none is named');
  examples(withEngine(command), ['neutron-lab demo', 'about half a minute'], ['neutron-lab demo my.neutron.yaml', '']);
  command.action(async (path: string | undefined, options: EngineChoice) => {
    await runTour(terminal, path, options);
  });
};
