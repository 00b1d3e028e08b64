/** The layout of what is drawn: at once where it is small, off the main thread where it is large. */
import { useEffect, useMemo, useState } from 'react';
import type { Picture } from '../../src/picture/picture.js';
import { layoutInWorker } from '../layout/ask.js';
import { type Layout, layOut } from '../layout/layout.js';

/** So many boxes are laid out in less time than it takes to start a worker. */
const SMALL = 80;

/** Null until the first layout is there; then the last one, until the next one is. */
export function useLayout(picture: Picture | null): Layout | null {
  const shape = useMemo(() => (picture === null ? '' : shapeOf(picture)), [picture]);
  const small = picture === null || sizeOf(picture) <= SMALL;
  // What a layout depends on is told by the shape: it stays while only states change.
  const now = useMemo(() => (picture !== null && small ? layOut(picture) : null), [shape, small]);
  const [later, setLater] = useState<Layout | null>(null);
  useEffect(() => {
    if (picture === null || small) return undefined;
    let wanted = true;
    void layoutInWorker(picture).then((layout) => {
      if (wanted) setLater(layout);
    });
    return () => {
      wanted = false;
    };
  }, [shape, small]);
  return now ?? later;
}

function sizeOf({ networks, routers, instances, nodes }: Picture): number {
  return networks.length + routers.length + instances.length + nodes.reduce((sum, { boxes }) => sum + boxes.length, 0);
}

function shapeOf({ networks, routers, instances, nodes, floating }: Picture): string {
  const plugs = (own: readonly { readonly port: string; readonly network: string }[]): string[] =>
    own.map(({ port, network }) => `${port}>${network}`);
  return JSON.stringify([
    networks.map(({ id, external }) => [id, external]),
    routers.map(({ id, interfaces, gateway }) => [id, plugs(interfaces), gateway ? plugs([gateway]) : []]),
    instances.map(({ id, plugs: own }) => [id, plugs(own)]),
    floating.length,
    nodes.map(({ name, agents, boxes }) => [
      name,
      agents.length,
      boxes.map(({ namespace, should, role }) => [namespace, should.length, role === null]),
    ]),
  ]);
}
