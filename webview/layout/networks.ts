/**
 * The logical layer: networks as bars, what is attached to them below, as Horizon draws it.
 *
 * A library that lays out graphs knows boxes and edges; a bar that is as wide as what hangs on it, with all cables straight,
 * is not among what ELK or dagre offer, and ELK alone is larger than all of this page.
 */
import { keyOf } from '../../src/picture/keys.js';
import type { NetworkShape, Picture } from '../../src/picture/picture.js';
import { inCells } from './cells.js';
import { type Cable, type Laid, SIZES, type Size } from './places.js';
import { type NetworkTree, type RouterTree, forestOf } from './tree.js';

const GAP = 26;
/** From a bar down to what hangs on it. */
const DROP = 40;
/** From what hangs on a bar to the next bar. */
const BELOW = 34;
/** Between the cables of a router. */
const PITCH = 30;
/** Wider than this, the trees of a forest go on in another row. */
const WIDEST = 1800;

/** Something measured, to be put where its middle line goes. */
interface Block extends Size {
  put(middle: number, top: number): void;
}

/** @param widest As wide it may be at least; without: in proportion to what there is */
export function layNetworks(
  picture: Picture,
  widest?: number,
): { readonly placed: readonly Laid[]; readonly cables: readonly Cable[] } {
  const placed: Laid[] = [];
  const cables: Cable[] = [];
  const tied = new Set<string>();

  const put = (key: string, kind: Laid['kind'], { width, height }: Size, middle: number, y: number): void => {
    placed.push({ key, kind, x: middle - width / 2, y, width, height });
  };
  const tie = (id: string, cable: Omit<Cable, 'id'>): void => {
    tied.add(id);
    cables.push({ id, ...cable });
  };
  const laneOf = (row: number, cell: number, width: number): number | null =>
    row === 0 ? null : (cell - width) / 2 + GAP / 2;

  const portsTo = (device: string, network: string): readonly string[] => {
    const router = picture.routers.find(({ id }) => id === device);
    const instance = picture.instances.find(({ id }) => id === device);
    const plugs = router
      ? [...(router.gateway ? [router.gateway] : []), ...router.interfaces]
      : (instance?.plugs ?? []);
    return plugs.filter((plug) => plug.network === network).map(({ port }) => port);
  };
  /** Cables that run beside one another. */
  const tieUp = (device: string, key: string, size: Size, network: string, lane: number | null): void => {
    const ports = portsTo(device, network);
    ports.forEach((port, nth) => {
      const dx = size.width / 2 + (nth - (ports.length - 1) / 2) * 12;
      tie(port, { device: key, network: keyOf.network(network), dx, side: 'top', lane });
    });
  };

  const routerBlock = (tree: RouterTree): Block => {
    const size = SIZES.router;
    const last = tree.networks.length - 1;
    const corridor = (nth: number): number => (nth === last ? 0 : (last - nth) * PITCH + 40);
    const below = tree.networks.map((network, nth) => networkBlock(network, corridor(nth)));
    const width = Math.max(size.width, ...below.map((block) => block.width));
    const height = size.height + below.reduce((sum, block) => sum + DROP + block.height, 0);
    return {
      width,
      height,
      put: (middle, top) => {
        put(keyOf.router(tree.id), 'router', size, middle, top);
        let y = top + size.height;
        tree.networks.forEach((network, nth) => {
          y += DROP;
          below[nth]?.put(middle, y);
          y += below[nth]?.height ?? 0;
          portsTo(tree.id, network.id).forEach((port, also) => {
            const dx = size.width / 2 + (nth - last / 2) * PITCH + also * 10;
            const network_ = keyOf.network(network.id);
            tie(port, { device: keyOf.router(tree.id), network: network_, dx, side: 'bottom', lane: null });
          });
        });
      },
    };
  };

  const networkBlock = (tree: NetworkTree, corridor: number): Block => {
    const instances = inCells(
      tree.instances.map(() => SIZES.instance),
      { gap: GAP, rowGap: GAP, corridor, least: 6 },
    );
    const routers = tree.routers.map(routerBlock);
    const others = inCells(routers, { gap: GAP * 2, rowGap: DROP * 2, corridor, least: 4 });
    const shape = picture.networks.find(({ id }) => id === tree.id);
    const external = shape?.external === true;
    const head = external ? SIZES.outside.height + DROP : 0;
    const width = Math.max(SIZES.bar.least, wordsOf(shape), instances.width + GAP, others.width);
    const rows = [instances, others].filter(({ height }) => height > 0);
    const height = head + SIZES.bar.height + rows.reduce((sum, { height: tall }) => sum + DROP + tall, 0) + BELOW / 2;
    return {
      width,
      height,
      put: (middle, top) => {
        const key = keyOf.network(tree.id);
        if (external) {
          const outside = `outside ${tree.id}`;
          put(outside, 'outside', SIZES.outside, middle, top);
          tie(outside, { device: outside, network: key, dx: SIZES.outside.width / 2, side: 'bottom', lane: null });
        }
        const bar = top + head;
        put(key, 'network', { width, height: SIZES.bar.height }, middle, bar);
        let y = bar + SIZES.bar.height + DROP;
        tree.instances.forEach((id, nth) => {
          const at = instances.at[nth];
          if (!at) return;
          put(keyOf.instance(id), 'instance', SIZES.instance, middle + at.x + instances.cell / 2, y + at.y);
          tieUp(id, keyOf.instance(id), SIZES.instance, tree.id, laneOf(at.row, instances.cell, SIZES.instance.width));
        });
        if (instances.height > 0) y += instances.height + DROP;
        tree.routers.forEach(({ id }, nth) => {
          const at = others.at[nth];
          if (!at) return;
          routers[nth]?.put(middle + at.x + others.cell / 2, y + at.y);
          // Below other rows, or below instances, it goes round them.
          const row = at.row > 0 || instances.height > 0 ? 1 : 0;
          tieUp(id, keyOf.router(id), SIZES.router, tree.id, laneOf(row, others.cell + GAP, SIZES.router.width));
        });
      },
    };
  };

  const forest = forestOf(picture);
  const blocks = [
    ...forest.networks.map((tree) => networkBlock(tree, 0)),
    ...forest.routers.map(routerBlock),
    ...forest.instances.map((id): Block => ({
      ...SIZES.instance,
      put: (middle, top) => {
        put(keyOf.instance(id), 'instance', SIZES.instance, middle, top);
      },
    })),
  ];
  shelve(blocks, widest);
  return { placed, cables: [...cables, ...furtherCables(picture, placed, tied)] };
}

/** Width of what stands above a bar, with room for the cables between. */
function wordsOf(shape: NetworkShape | undefined): number {
  return shape ? shape.name.length * 8 + shape.subnets.map(({ cidr }) => cidr).join('  ').length * 7 + 110 : 0;
}

/** Side by side, then in further rows. */
function shelve(blocks: readonly Block[], wanted: number | undefined): void {
  const area = blocks.reduce((sum, { width, height }) => sum + width * height, 0);
  const widest = Math.max(wanted ?? Math.max(WIDEST, Math.sqrt(area * 1.7)), ...blocks.map(({ width }) => width));
  let x = 0;
  let y = 0;
  let tall = 0;
  for (const block of blocks) {
    if (x > 0 && x + block.width > widest) {
      x = 0;
      y += tall + DROP;
      tall = 0;
    }
    block.put(x + block.width / 2, y);
    x += block.width + GAP * 2;
    tall = Math.max(tall, block.height);
  }
}

/** Of ports whose network hangs elsewhere in the tree: a second router on a network, an instance with two ports. */
function furtherCables(picture: Picture, placed: readonly Laid[], tied: ReadonlySet<string>): Cable[] {
  const at = new Map(placed.map((one) => [one.key, one]));
  const devices = [
    ...picture.routers.map(({ id, gateway, interfaces }) => ({
      key: keyOf.router(id),
      plugs: [...(gateway ? [gateway] : []), ...interfaces],
    })),
    ...picture.instances.map(({ id, plugs }) => ({ key: keyOf.instance(id), plugs })),
  ];
  return devices.flatMap(({ key, plugs }) => {
    const device = at.get(key);
    const left = plugs.filter(({ port }) => !tied.has(port));
    return left.flatMap(({ port, network }, nth): Cable[] => {
      const bar = at.get(keyOf.network(network));
      if (!device || !bar) return [];
      const dx = device.width - 14 - nth * 12;
      const side = bar.y > device.y ? 'bottom' : 'top';
      return [{ id: port, device: key, network: bar.key, dx, side, lane: null }];
    });
  });
}
