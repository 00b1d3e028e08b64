/** What belongs together, in both layers: what lights up when a person points at something. Pure. */
import { keyOf } from '../src/picture/keys.js';
import type { BoxShape, Picture } from '../src/picture/picture.js';

export function relatedTo(picture: Picture, key: string): ReadonlySet<string> {
  const [kind = '', ...rest] = key.split(' ');
  const id = rest.join(' ');
  switch (kind) {
    case 'network':
      return new Set([key, ...aroundNetwork(picture, id)]);
    case 'router':
      return new Set([key, ...aroundRouter(picture, id)]);
    case 'instance':
      return new Set([key, ...aroundInstance(picture, id)]);
    case 'node':
      return new Set([key, 'underlay', ...insideNode(picture, id)]);
    case 'box': {
      const [node = '', ...namespace] = rest;
      const box = boxesOf(picture).find((one) => one.node === node && one.box.namespace === namespace.join(' '));
      return new Set([key, keyOf.node(node), ...(box ? aroundBox(picture, box.box) : [])]);
    }
    case 'outside':
      return new Set([key, keyOf.network(id)]);
    case 'port':
      return new Set([key, ...aroundCable(picture, id)]);
    default:
      return new Set([key]);
  }
}

function boxesOf(picture: Picture): { readonly node: string; readonly box: BoxShape }[] {
  return picture.nodes.flatMap((node) => node.boxes.map((box) => ({ node: node.name, box })));
}

/** A box, and the card around it. */
function placesOf(picture: Picture, kind: BoxShape['kind'], id: string): string[] {
  return boxesOf(picture)
    .filter(({ box }) => box.kind === kind && box.id === id)
    .flatMap(({ node, box }) => [keyOf.box(node, box.namespace), keyOf.node(node)]);
}

function aroundRouter(picture: Picture, id: string): string[] {
  const router = picture.routers.find((one) => one.id === id);
  const plugs = [...(router?.interfaces ?? []), ...(router?.gateway ? [router.gateway] : [])];
  const own = plugs.flatMap(({ port, network }) => [keyOf.port(port), keyOf.network(network)]);
  return [keyOf.router(id), ...own, ...placesOf(picture, 'qrouter', id)];
}

function aroundInstance(picture: Picture, id: string): string[] {
  const plugs = picture.instances.find((one) => one.id === id)?.plugs ?? [];
  const own = plugs.flatMap(({ port, network }) => [keyOf.port(port), keyOf.network(network)]);
  return [keyOf.instance(id), ...own, ...placesOf(picture, 'instance', id)];
}

function aroundNetwork(picture: Picture, id: string): string[] {
  const here = ({ network }: { readonly network: string }): boolean => network === id;
  const routers = picture.routers.flatMap((router) => {
    const plugs = [...router.interfaces, ...(router.gateway ? [router.gateway] : [])].filter(here);
    if (plugs.length === 0) return [];
    return [keyOf.router(router.id), ...plugs.map(({ port }) => keyOf.port(port))];
  });
  const instances = picture.instances.flatMap((instance) => {
    const plugs = instance.plugs.filter(here);
    if (plugs.length === 0) return [];
    const cables = plugs.map(({ port }) => keyOf.port(port));
    return [keyOf.instance(instance.id), ...cables, ...placesOf(picture, 'instance', instance.id)];
  });
  return [...routers, ...instances, ...placesOf(picture, 'qdhcp', id), `outside ${id}`, keyOf.port(`outside ${id}`)];
}

/** What it joins. */
function aroundCable(picture: Picture, id: string): string[] {
  if (id.startsWith('outside ')) return [id, keyOf.network(id.slice('outside '.length))];
  const routers = picture.routers.map((router) => ({
    key: keyOf.router(router.id),
    plugs: [...router.interfaces, ...(router.gateway ? [router.gateway] : [])],
  }));
  const instances = picture.instances.map((instance) => ({ key: keyOf.instance(instance.id), plugs: instance.plugs }));
  return [...routers, ...instances].flatMap(({ key, plugs }) =>
    plugs.filter(({ port }) => port === id).flatMap(({ network }) => [key, keyOf.network(network)]),
  );
}

function aroundBox(picture: Picture, { kind, id }: BoxShape): string[] {
  if (kind === 'qrouter') return aroundRouter(picture, id);
  if (kind === 'instance') return aroundInstance(picture, id);
  return [keyOf.network(id), ...placesOf(picture, 'qdhcp', id)];
}

function insideNode(picture: Picture, name: string): string[] {
  const boxes = picture.nodes.find((node) => node.name === name)?.boxes ?? [];
  const owner = { qrouter: keyOf.router, instance: keyOf.instance, qdhcp: keyOf.network };
  return boxes.flatMap(({ kind, id, namespace }) => [keyOf.box(name, namespace), owner[kind](id)]);
}
