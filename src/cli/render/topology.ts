/**
 * A drawing of a lab: a bar for each network from top to bottom, a line across for everything that is plugged into
 * it. A lab of any shape fits, since lines only ever cross bars. Pure.
 */
import type { LabStatus } from '../../lab/status.js';
import { type LabIndex, indexLab } from '../../model/lab-queries.js';
import { OUTSIDE } from '../../model/names.js';
import type { Instance, Lab, Network, Router } from '../../model/resources.js';
import { type Colour, type Paint, pad, printable, widthOf } from '../../render/paint.js';
import { roleLetter } from './roles.js';

const COLOURS: readonly Colour[] = ['yellow', 'cyan', 'green', 'magenta', 'blue', 'red'];
const INDENT = '  ';

/** Something with a line of its own, and more lines below its name. */
interface Device {
  readonly networks: ReadonlySet<string>;
  readonly title: string;
  readonly below: readonly string[];
}

class Drawing {
  private readonly networks: readonly Network[];
  /** Columns from one bar to the next. */
  private readonly step: number;

  constructor(
    private readonly index: LabIndex,
    private readonly paint: Paint,
    private readonly width: number,
  ) {
    const shown = index.lab.networks.filter((network) => network !== index.haNetwork);
    this.networks = [
      ...shown.filter((network) => network['router:external']),
      ...shown.filter((network) => !network['router:external']),
    ];
    this.step = this.networks.length * 4 <= width / 2 ? 4 : 2;
  }

  /** Each network's name at the head of its bar. */
  heads(): string[] {
    const labels = this.networks.map((network) => printable(network.name));
    const column = Math.max(0, ...labels.map((label, position) => position * this.step + widthOf(label)));
    return this.networks.map((network, position) => {
      const label = this.colour(position, labels[position] ?? '', 'bold');
      const cidrs = this.index.subnetsOfNetwork(network.id).map(({ cidr }) => cidr);
      const agents = this.index.lab.network_dhcp_agents[network.id] ?? [];
      const notes = [
        cidrs.join(' '),
        network['router:external'] ? this.paint('external', 'grey') : '',
        agents.length > 0 ? this.paint(`DHCP on ${agents.join(', ')}`, 'grey') : '',
      ].filter((note) => note !== '');
      return `${INDENT}${pad(this.bars(position) + label, column)}  ${notes.join('  ')}`.trimEnd();
    });
  }

  /** The bars of the first networks, or of all of them. */
  bars(until = this.networks.length): string {
    return this.networks
      .slice(0, until)
      .map((_, position) => this.colour(position, '┃') + ' '.repeat(this.step - 1))
      .join('');
  }

  gap(): string {
    return (INDENT + this.bars()).trimEnd();
  }

  device({ networks, title, below }: Device): string[] {
    const first = this.networks.findIndex(({ id }) => networks.has(id));
    const line = this.networks.map((network, position) => {
      if (first < 0 || position < first) return this.colour(position, '┃') + ' '.repeat(this.step - 1);
      const point = networks.has(network.id) ? this.colour(position, '●') : this.colour(position, '╂');
      return point + '─'.repeat(this.step - 1);
    });
    const margin = INDENT + this.bars();
    return [
      `${INDENT}${line.join('')}${first < 0 ? '  ' : '─ '}${title}`,
      ...below.map((text) => `${margin}    ${text}`),
    ];
  }

  /** Words side by side, as many as a line takes. */
  pack(words: readonly string[]): string[] {
    const room = Math.max(20, this.width - INDENT.length - this.networks.length * this.step - 4);
    const lines: string[] = [];
    for (const word of words) {
      const last = lines.at(-1);
      if (last === undefined || widthOf(last) + 2 + widthOf(word) > room) lines.push(word);
      else lines[lines.length - 1] = `${last}  ${word}`;
    }
    return lines;
  }

  router(router: Router, status: LabStatus | null): Device {
    const { index, paint } = this;
    const ports = index
      .portsOfRouter(router.id)
      .filter(({ device_owner }) => device_owner !== 'network:router_ha_interface');
    const gateway = index.gatewayPort(router.id);
    const sorted = [...(gateway ? [gateway] : []), ...ports.filter((port) => port !== gateway)];
    const seen = status?.routers.find(({ id }) => id === router.id);
    const hosts = index.lab.router_l3_agents[router.id] ?? [];
    const where =
      router.ha && seen !== undefined
        ? seen.replicas.map(({ node, role }) => `${roleLetter(role, paint)} ${node}`)
        : [`on ${hosts.join(', ')}`];
    return {
      networks: new Set(ports.map(({ network_id }) => network_id)),
      title: `${paint(printable(router.name), 'bold')}  ${router.ha ? 'HA router' : 'router'}`,
      below: [
        ...this.pack(sorted.flatMap((port) => port.fixed_ips.map(({ ip_address }) => ip_address))),
        ...(hosts.length === 0 ? [] : this.pack(where)),
      ],
    };
  }

  instance(instance: Instance): Device {
    const { index, paint } = this;
    const ports = instance.ports.flatMap((id) => index.ports.get(id) ?? []);
    const addresses = ports.flatMap((port) => {
      const floating = index.lab.floatingips.filter(({ port_id }) => port_id === port.id);
      return port.fixed_ips.map(({ ip_address }) => {
        const outer = floating.find(({ fixed_ip_address }) => fixed_ip_address === ip_address);
        return outer ? `${ip_address} ⇐ ${outer.floating_ip_address}` : ip_address;
      });
    });
    const [first = '', ...more] = this.pack(addresses);
    return {
      networks: new Set(ports.map(({ network_id }) => network_id)),
      title: `${paint(printable(instance.name), 'bold')}  ${first}  ${paint(`on ${instance.node}`, 'grey')}`,
      below: more,
    };
  }

  /** The world behind the external networks, which answers at their gateway addresses. */
  outside(): Device[] {
    const external = this.networks.filter((network) => network['router:external']);
    if (external.length === 0) return [];
    const gateways = external.flatMap((network) =>
      this.index.subnetsOfNetwork(network.id).flatMap(({ gateway_ip }) => gateway_ip ?? []),
    );
    const title = `${this.paint(OUTSIDE, 'bold')}  ${gateways.join('  ')}  ${this.paint('the world behind', 'grey')}`;
    return [{ networks: new Set(external.map(({ id }) => id)), title, below: [] }];
  }

  private colour(position: number, text: string, ...more: readonly Colour[]): string {
    return this.paint(text, COLOURS[position % COLOURS.length] ?? 'cyan', ...more);
  }
}

/**
 * @param status Where the roles of replicas come from; without it their nodes are told.
 * @param width Columns of the terminal.
 */
export function renderTopology(lab: Lab, status: LabStatus | null, paint: Paint, width: number): string[] {
  const drawing = new Drawing(indexLab(lab), paint, width);
  const routers = lab.routers.flatMap((router) => [...drawing.device(drawing.router(router, status)), drawing.gap()]);
  const instances = lab.instances.flatMap((instance) => drawing.device(drawing.instance(instance)));
  const outside = drawing.outside().flatMap((device) => [...drawing.device(device), drawing.gap()]);
  return [...drawing.heads(), drawing.gap(), ...outside, ...routers, ...instances];
}
