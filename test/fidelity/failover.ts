/** A change of state on the recorded cloud with an HA router for IPv4 and IPv6, and what can be heard of it. */
import type { NodeEvent } from '../../src/lab/node/node-events.js';
import { waitUntilReady } from '../../src/lab/bring-up/ready.js';
import type { RunningLab } from '../../src/lab/running-lab.js';
import { qrouterNamespace } from '../../src/model/names.js';
import type { Lab } from '../../src/model/resources.js';
import { testLabName } from '../support/lab-name.js';
import type { TestBed } from '../support/running.js';
import { OWN_SCENARIOS, scenariosIn } from './recording.js';

/** Gratuitous ARPs and unsolicited neighbour advertisements that leave the router: who speaks of itself to all. */
const FILTER = '(arp[6:2] = 1 and arp[14:4] = arp[24:4]) or (icmp6 and ip6[40] = 136 and dst ff02::1)';

export interface Announcement {
  /** Seconds of the node's clock of the day. */
  readonly t: number;
  readonly device: string;
  readonly address: string;
}

export interface Takeover {
  /** The node of the new MASTER. */
  readonly next: string;
  /** When the primary address left the old MASTER and came to the new one, seconds of the nodes' clock. */
  readonly left: number;
  readonly came: number;
  readonly heard: readonly Announcement[];
}

/** An HA router with its lab, its MASTER and what its nodes tell. */
export class FailoverScene {
  readonly events: { readonly node: string; readonly event: NodeEvent }[] = [];
  readonly namespace: string;
  private wake: () => void = () => undefined;

  private constructor(
    readonly running: RunningLab,
    readonly lab: Lab,
    readonly router: string,
    readonly active: string,
  ) {
    this.namespace = qrouterNamespace(router);
  }

  static async prepare(bed: TestBed): Promise<FailoverScene> {
    const scenario = scenariosIn(OWN_SCENARIOS).find(({ name }) => name.includes('dual-stack'));
    const lab = scenario?.lab(testLabName('fidelity-failover'));
    if (lab === undefined) throw new Error('there is no recording of a router with IPv4 and IPv6');
    const running = await bed.upAndReady(lab);
    const [router] = (await waitUntilReady(running, lab)).routers;
    const scene = new FailoverScene(running, lab, router?.id ?? '', router?.active_on[0] ?? '');
    for (const node of scene.hosts) {
      const session = await running.session(node);
      await session.watch(['addresses', 'processes'], (event) => {
        scene.events.push({ node, event });
        scene.wake();
      });
    }
    return scene;
  }

  get hosts(): readonly string[] {
    return this.lab.router_l3_agents[this.router] ?? [];
  }

  get standbys(): readonly string[] {
    return this.hosts.filter((node) => node !== this.active);
  }

  async ask(node: string, command: string, namespace = ''): Promise<string> {
    return (await (await this.running.session(node)).run(namespace, ['sh', '-c', command])).stdout;
  }

  /** `DEVICE ADDRESS` of all that keepalived gives to the MASTER, as its configuration says. */
  async virtualAddresses(node: string): Promise<string[]> {
    const conf = await this.ask(node, `cat /var/lib/neutron/ha_confs/${this.router}/keepalived.conf`);
    return [...conf.matchAll(/^ +([0-9a-f.:]+)\/\d+ dev (\S+)/gm)].map(
      ([, address, device]) => `${device ?? ''} ${address ?? ''}`,
    );
  }

  /** The first event of a node that is so, now or later. */
  async until(
    what: string,
    is: (event: NodeEvent, node: string) => boolean,
    seconds = 20,
  ): Promise<{ readonly node: string; readonly event: NodeEvent }> {
    const late = AbortSignal.timeout(seconds * 1000);
    for (;;) {
      const found = this.events.find(({ node, event }) => is(event, node));
      if (found) return found;
      await new Promise<void>((resolve, reject) => {
        this.wake = resolve;
        late.addEventListener('abort', () => {
          reject(new Error(`${what}: not within ${String(seconds)} s`));
        });
      });
    }
  }

  /** Asks again until the answer is so. */
  async becomes(node: string, command: string, wanted: RegExp): Promise<void> {
    const until = Date.now() + 15_000;
    for (;;) {
      const said = await this.ask(node, command);
      if (wanted.test(said)) return;
      if (Date.now() > until) throw new Error(`${node}: ${command}: ${said}`);
    }
  }

  /**
   * Ends keepalived on the MASTER, with one backup to follow: two that take over in the same moment announce themselves
   * once more when they hear of each other.
   * @param listenFor seconds that the new MASTER is listened to
   */
  async failOver(listenFor: number): Promise<Takeover> {
    const pidFile = `/var/lib/neutron/ha_confs/${this.router}.pid.keepalived`;
    const [next = '', ...others] = this.standbys;
    for (const node of others) await this.ask(node, `pkill -F ${pidFile}`);
    // radvd is the last that the first change of state starts.
    await this.becomes(this.active, 'pgrep radvd', /\d/);
    const heard = this.listen(next, listenFor);
    await this.becomes(next, 'pgrep tcpdump', /\d/);
    await this.ask(this.active, `pkill -F ${pidFile}`);
    const isVip = (event: NodeEvent, action: 'add' | 'del'): boolean =>
      event.type === 'address' && event.action === action && /^169\.254\.0\.\d+\/24$/.test(event.address);
    const left = await this.until(
      'the end of the old MASTER',
      (event, node) => node === this.active && isVip(event, 'del'),
    );
    const came = await this.until('a new MASTER', (event, node) => node === next && isVip(event, 'add'));
    return { next, left: left.event.t, came: came.event.t, heard: await heard };
  }

  /** What leaves the router's namespace on a node within some seconds from now. */
  private async listen(node: string, seconds: number): Promise<readonly Announcement[]> {
    const session = await this.running.session(node);
    const argv = ['timeout', String(seconds), 'tcpdump', '-tt', '-n', '-l', '-i', 'any', '-Q', 'out', FILTER];
    const { stdout } = await session.run(this.namespace, argv, { timeoutMs: (seconds + 5) * 1000 });
    return stdout.split('\n').flatMap((line) => {
      const [, t, device] = /^(\d+\.\d+) (\S+) +Out /.exec(line) ?? [];
      const address = /who-has (\S+)|tgt is ([^,\s]+)/.exec(line);
      if (t === undefined || device === undefined || address === null) return [];
      return [{ t: Number(t), device, address: address[1] ?? address[2] ?? '' }];
    });
  }
}

/** How often each address was announced on each device. */
export function countByAddress(heard: readonly Announcement[]): (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const { device, address } of heard) {
    const key = `${device} ${address}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...counts].sort();
}
