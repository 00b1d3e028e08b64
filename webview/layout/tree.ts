/** Which network hangs on which router, from the outside in: the order in which a picture is read. Pure. */
import type { Picture } from '../../src/picture/picture.js';

export interface NetworkTree {
  readonly id: string;
  readonly instances: string[];
  readonly routers: RouterTree[];
}

export interface RouterTree {
  readonly id: string;
  readonly networks: NetworkTree[];
}

export interface Forest {
  readonly networks: readonly NetworkTree[];
  /** On no network. */
  readonly routers: readonly RouterTree[];
  readonly instances: readonly string[];
}

/** Breadth first from the external networks; then from what they do not reach, in the order of the lab. */
export function forestOf(picture: Picture): Forest {
  const seen = new Set<string>();
  const trees = new Map<string, NetworkTree>();
  const roots: NetworkTree[] = [];
  const networksOf = new Map(
    picture.routers.map(({ id, gateway, interfaces }) => [
      id,
      [...(gateway ? [gateway] : []), ...interfaces].map(({ network }) => network),
    ]),
  );
  const routersOn = new Map<string, string[]>();
  for (const [router, networks] of networksOf)
    for (const network of new Set(networks)) routersOn.set(network, [...(routersOn.get(network) ?? []), router]);
  const known = new Set(picture.networks.map(({ id }) => id));

  const treeOf = (id: string): NetworkTree => {
    const tree: NetworkTree = { id, instances: [], routers: [] };
    trees.set(id, tree);
    seen.add(id);
    return tree;
  };
  const grow = (starts: readonly NetworkTree[]): void => {
    let level = starts;
    while (level.length > 0) {
      const next: NetworkTree[] = [];
      for (const tree of level)
        for (const router of routersOn.get(tree.id) ?? []) {
          if (seen.has(router)) continue;
          seen.add(router);
          const below = [...new Set(networksOf.get(router) ?? [])].filter((id) => !seen.has(id) && known.has(id));
          const branch: RouterTree = { id: router, networks: below.map(treeOf) };
          tree.routers.push(branch);
          next.push(...branch.networks);
        }
      level = next;
    }
  };

  const external = picture.networks.filter((network) => network.external).map(({ id }) => treeOf(id));
  roots.push(...external);
  grow(external);
  for (const { id } of picture.networks) {
    if (seen.has(id)) continue;
    const root = treeOf(id);
    roots.push(root);
    grow([root]);
  }
  const alone: string[] = [];
  for (const { id, plugs } of picture.instances) {
    const home = trees.get(plugs[0]?.network ?? '');
    if (home) home.instances.push(id);
    else alone.push(id);
  }
  const idle = picture.routers.filter(({ id }) => !seen.has(id)).map(({ id }): RouterTree => ({ id, networks: [] }));
  return { networks: roots, routers: idle, instances: alone };
}
