/** Captures all that passes a router, on each of its nodes, while an experiment runs; of a node that comes back, from then on. */
import type { ExecSession } from '../../docker/runtime.js';
import { pcapArgv } from '../../lab/capture.js';
import type { Subscription } from '../../lab/node/node-session.js';
import type { RunningLab } from '../../lab/running-lab.js';
import { qrouterNamespace } from '../../model/names.js';
import type { Lab } from '../../model/resources.js';
import { joined, readPcap } from './pcap.js';
import { type Place, writePcapng } from './pcapng.js';

export interface Capturing {
  /** @returns the bytes of a pcapng file */
  stop(): Promise<Buffer>;
}

/** Milliseconds that tcpdump is given to write what it still has. */
const FLUSH = 3000;

/** One router on one node: a tcpdump in each life of the node, whose output streams here. */
class PlaceCapture {
  private readonly lives: Buffer[][] = [];
  private current: { readonly exec: ExecSession; readonly ended: Promise<void> } | null = null;
  private beginning = false;

  constructor(
    private readonly running: RunningLab,
    readonly node: string,
    readonly namespace: string,
    private readonly name: string,
  ) {}

  /** Does nothing where it goes on already. */
  async begin(): Promise<void> {
    if (this.current !== null || this.beginning) return;
    this.beginning = true;
    try {
      const target = { node: this.node, namespace: this.namespace, instance: false };
      const argv = pcapArgv({ target, device: 'any', filter: [] });
      const exec = await this.running.runtime.exec(this.running.container(this.node).id, { argv });
      const chunks: Buffer[] = [];
      this.lives.push(chunks);
      exec.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
      exec.stderr.resume();
      const over = (): void => {
        if (this.current?.exec === exec) this.current = null;
      };
      this.current = { exec, ended: exec.exit.then(over, over) };
    } finally {
      this.beginning = false;
    }
  }

  async stop(): Promise<Place[]> {
    if (this.current) {
      const { exec, ended } = this.current;
      exec.stdin.end();
      let timer: NodeJS.Timeout | undefined;
      await Promise.race([ended, new Promise<void>((resolve) => (timer = setTimeout(resolve, FLUSH)))]);
      clearTimeout(timer);
      exec.close();
    }
    const capture = joined(this.lives.flatMap((chunks) => readPcap(Buffer.concat(chunks)) ?? []));
    return capture === null ? [] : [{ name: this.name, capture }];
  }
}

export async function captureRouters(running: RunningLab, lab: Lab): Promise<Capturing> {
  const captures = lab.routers.flatMap(({ id, name }) =>
    (lab.router_l3_agents[id] ?? []).map(
      (node) => new PlaceCapture(running, node, qrouterNamespace(id), `${node} ${name}`),
    ),
  );
  const ending = new AbortController();
  const watches: Subscription[] = [];
  const resume = async (node: string): Promise<void> => {
    const own = captures.filter((capture) => capture.node === node);
    if (own.length === 0) return;
    const begin = (namespace: string): void => {
      if (ending.signal.aborted) return;
      const capture = own.find((one) => one.namespace === namespace);
      // The node may go again at any moment: its next start brings us back.
      capture?.begin().catch(() => undefined);
    };
    await running.refresh();
    const session = await running.session(node);
    // The routers of a node that starts are made anew: each is listened to as soon as it has a device.
    watches.push(
      await session.watch(['links'], (event) => {
        if (event.type === 'link' && event.action !== 'del') begin(event.namespace);
      }),
    );
    for (const namespace of Object.keys((await session.observe()).namespaces)) begin(namespace);
  };
  const following = (async (): Promise<void> => {
    for await (const event of running.runtime.events(ending.signal)) {
      if (event.lab === running.name && event.type === 'start') void resume(event.node).catch(() => undefined);
    }
  })().catch(() => undefined);
  await Promise.all(
    captures.map(async (capture) => {
      await capture.begin();
    }),
  );
  return {
    stop: async () => {
      ending.abort();
      await Promise.allSettled(
        watches.map(async (watch) => {
          await watch.stop();
        }),
      );
      await following;
      return writePcapng((await Promise.all(captures.map(async (capture) => await capture.stop()))).flat());
    },
  };
}
