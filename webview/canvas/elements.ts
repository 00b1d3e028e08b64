/** From a picture and its layout to what React Flow is given. Pure. */
import * as l10n from '@vscode/l10n';
import type { Edge } from '@xyflow/react';
import { keyOf } from '../../src/picture/keys.js';
import type { Positions, Snapshot } from '../../src/picture/messages.js';
import type { NodeShape, Picture, Plug } from '../../src/picture/picture.js';
import type { Layout } from '../layout/layout.js';
import type { Laid } from '../layout/places.js';
import { type Mode, store } from '../store.js';
import { menuOf } from '../thing.js';
import type { CableEdge, StubEdge } from './cable.js';
import { cableName, stubName } from './cable-words.js';
import { stateWord } from './node-words.js';
import type { HostNode, UnderlayNode } from './host.js';
import type { InstanceNode, NetworkNode, OutsideNode, RouterNode } from './shapes.js';

export type Drawn = NetworkNode | RouterNode | InstanceNode | OutsideNode | HostNode | UnderlayNode;
export type Line = CableEdge | StubEdge;

export function drawnNodes(snapshot: Snapshot, layout: Layout, moved: Positions, mode: Mode): Drawn[] {
  const { picture } = snapshot;
  if (picture === null) return [];
  const logical = mode === 'nodes' ? [] : layout.logical;
  const physical = mode === 'networks' ? [] : layout.physical;
  return [...logical, ...physical].flatMap((laid) => {
    const made = madeOf(picture, layout, laid);
    if (made === null) return [];
    const [x, y] = moved[laid.key] ?? [laid.x, laid.y];
    return [
      {
        ...made,
        id: laid.key,
        position: { x, y },
        width: laid.width,
        height: laid.height,
        ariaLabel: spoken(laid, picture),
        // What cannot be come to by the keys would have a name and no role.
        ariaRole: 'group',
        draggable: laid.kind !== 'underlay',
        selectable: laid.kind !== 'underlay',
        focusable: laid.kind !== 'underlay',
        domAttributes: { 'data-vscode-context': menuOf(snapshot, laid.key), 'data-key': laid.key } as object,
      } as Drawn,
    ];
  });
}

function madeOf(picture: Picture, layout: Layout, { key, kind }: Laid): Pick<Drawn, 'type' | 'data'> | null {
  const id = key.slice(key.indexOf(' ') + 1);
  switch (kind) {
    case 'network': {
      const network = picture.networks.find((one) => one.id === id);
      return network ? { type: 'network', data: { key, network } } : null;
    }
    case 'router': {
      const router = picture.routers.find((one) => one.id === id);
      const floating = picture.floating.filter((one) => one.router === id && one.instance !== null);
      return router ? { type: 'router', data: { key, router, floating } } : null;
    }
    case 'instance': {
      const instance = picture.instances.find((one) => one.id === id);
      const floating = picture.floating.filter((one) => one.instance === instance?.name);
      return instance ? { type: 'instance', data: { key, instance, floating } } : null;
    }
    case 'node': {
      const node = picture.nodes.find((one) => one.name === id);
      return node ? { type: 'node', data: { key, node, places: layout.boxes[key] ?? [] } } : null;
    }
    case 'outside':
    case 'underlay':
      return { type: kind, data: { key } };
  }
}

function spoken({ key, kind }: Laid, picture: Picture): string {
  const id = key.slice(key.indexOf(' ') + 1);
  switch (kind) {
    case 'network': {
      const network = picture.networks.find((one) => one.id === id);
      return [network?.name ?? id, ...(network?.subnets ?? []).map(({ cidr }) => cidr)].join(', ');
    }
    case 'router': {
      const router = picture.routers.find((one) => one.id === id);
      const roles = router?.replicas.map(({ node, role }) => `${node} ${role}`) ?? [];
      return [router?.name ?? id, ...roles].join(', ');
    }
    case 'instance': {
      const instance = picture.instances.find((one) => one.id === id);
      return [instance?.name ?? id, ...(instance?.plugs.flatMap(({ addresses }) => addresses) ?? [])].join(', ');
    }
    case 'node': {
      const node = picture.nodes.find((one) => one.name === id);
      const agents = node?.agents.map((agent) => agent.toUpperCase()) ?? [];
      return [id, ...agents, node ? stateWord(node) : ''].filter((part) => part !== '').join(', ');
    }
    case 'outside':
      return l10n.t('outside');
    default:
      return id;
  }
}

export function drawnLines(snapshot: Snapshot, layout: Layout, moved: Positions, mode: Mode): Line[] {
  const { picture } = snapshot;
  if (picture === null) return [];
  const cables = mode === 'nodes' ? [] : cablesOf(snapshot, picture, layout, moved);
  const stubs = mode === 'networks' ? [] : picture.nodes.map(stubOf);
  return [...cables, ...stubs];
}

function cablesOf(snapshot: Snapshot, picture: Picture, layout: Layout, moved: Positions): CableEdge[] {
  const plugs = new Map<string, Plug>();
  for (const { gateway, interfaces } of picture.routers)
    for (const plug of [...(gateway ? [gateway] : []), ...interfaces]) plugs.set(plug.port, plug);
  for (const instance of picture.instances) for (const plug of instance.plugs) plugs.set(plug.port, plug);
  const hues = new Map(picture.networks.map(({ id, hue }) => [keyOf.network(id), hue]));
  return layout.cables.map(({ id, device, network, dx, lane }, nth): CableEdge => {
    const plug = plugs.get(id);
    const isRouter = device.startsWith('router ');
    const key = keyOf.port(id);
    return {
      ...line(key, device, network),
      ...reachable(snapshot, key),
      ariaLabel: cableName(picture, device, network, plug ?? null),
      type: 'cable',
      data: {
        key,
        hue: hues.get(network) ?? 0,
        dx,
        // Who was moved goes his own way.
        lane: device in moved || network in moved ? null : lane,
        label: plug && isRouter ? `${plug.device.slice(0, 2)} ${shortAddress(plug)}` : '',
        // Of two beside one another, each on its side.
        second: nth > 0 && layout.cables[nth - 1]?.device === device && layout.cables[nth - 1]?.network === network,
        up: plug?.up ?? true,
      },
    };
  });
}

/** By the arrow keys, from its ends (use-cable-keys.ts); with a menu where its port has one. */
function reachable(snapshot: Snapshot, key: string): Partial<Edge> {
  const light = (hovered: string | null) => (): void => {
    store.set({ hovered });
  };
  return {
    focusable: true,
    domAttributes: {
      tabIndex: -1,
      'aria-roledescription': l10n.t('cable'),
      'data-vscode-context': menuOf(snapshot, key),
      'data-key': key,
      onFocus: light(key),
      onBlur: light(null),
    } as object,
  };
}

/** What tells it from its neighbours: `.1`. */
function shortAddress({ addresses: [first = ''] }: Plug): string {
  return first.includes(':') ? `::${first.split(':').at(-1) ?? ''}` : `.${first.split('.').at(-1) ?? ''}`;
}

function stubOf({ name, state, cutOff, lost }: NodeShape): StubEdge {
  const off = state !== 'running' && state !== 'declared' && state !== 'paused';
  const key = keyOf.node(name);
  const way = off ? 'off' : cutOff || lost.length > 0 ? 'cut' : 'up';
  return {
    ...line(`stub ${name}`, key, 'underlay'),
    ariaLabel: stubName(name, way),
    type: 'stub',
    data: { key, state: way },
  };
}

function line(id: string, source: string, target: string): Pick<Edge, 'id' | 'source' | 'target'> & object {
  return {
    id,
    source,
    target,
    sourceHandle: 'end',
    targetHandle: 'bar',
    selectable: false,
    focusable: false,
    deletable: false,
  } as Pick<Edge, 'id' | 'source' | 'target'>;
}
