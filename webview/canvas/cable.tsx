/** Cables: from a port to its network, and from a node to the underlay. */
import { type Edge, type EdgeProps, BaseEdge, useInternalNode } from '@xyflow/react';
import { createContext, memo, useContext, useSyncExternalStore } from 'react';
import { timelines } from '../clock/use-track.js';
import { useLight } from '../lit.js';
import { hueClass } from './hue.js';
import type { Hue } from '../../src/picture/picture.js';
import { type Bar, type Rectangle, barOf, wireOf } from './wire.js';

export type CableEdge = Edge<
  {
    readonly key: string;
    readonly hue: Hue;
    readonly dx: number;
    readonly lane: number | null;
    readonly label: string;
    readonly second: boolean;
    readonly up: boolean;
  },
  'cable'
>;

export type StubEdge = Edge<{ readonly key: string; readonly state: 'up' | 'cut' | 'off' }, 'stub'>;

/** Every bar that a cable may have to pass. */
export const Bars = createContext<readonly Bar[]>([]);

/** Milliseconds within which advertisements are one. */
const BEAT = 700;

type Internal = ReturnType<typeof useInternalNode>;

function rectangle(node: NonNullable<Internal>): Rectangle {
  const { x, y } = node.internals.positionAbsolute;
  return { x, y, width: node.width ?? node.measured.width ?? 0, height: node.height ?? node.measured.height ?? 0 };
}

export const Cable = memo(function Cable({ id, source, target, data }: EdgeProps<CableEdge>) {
  const bars = useContext(Bars);
  const device = useInternalNode(source);
  const network = useInternalNode(target);
  const light = useLight(data?.key ?? id);
  if (!device || !network || !data) return null;
  const { path, label } = wireOf(rectangle(device), data.dx, data.lane, barOf(target, rectangle(network)), bars);
  return (
    <g className={`cable ${hueClass(data.hue)} ${data.up ? '' : 'cut'} ${light}`}>
      <BaseEdge id={id} path={path} interactionWidth={12} />
      {data.label === '' ? null : (
        <text
          className="mono"
          x={data.second ? label.x + 15 : label.x}
          y={label.y}
          textAnchor={data.second ? 'start' : 'end'}
        >
          {data.label}
        </text>
      )}
    </g>
  );
});

const CALM = matchMedia('(prefers-reduced-motion: reduce)');

/** An advertisement on its way to the others: once for each, and not more than the eye follows. */
function Pulse({ node, path }: { readonly node: string; readonly path: string }) {
  const name = node.replace(/^node /, '');
  // Of many routers on a node all are seen as one beat.
  const beat = useSyncExternalStore(timelines.subscribe, () => Math.floor(timelines.lastAdvert(name) / BEAT));
  const live = useSyncExternalStore(timelines.subscribe, () => timelines.now.live);
  if (beat === 0 || !live || CALM.matches) return null;
  return <circle key={beat} className="pulse" r={4} style={{ offsetPath: `path('${path}')` }} />;
}

export const Stub = memo(function Stub({ id, source, target, data }: EdgeProps<StubEdge>) {
  const node = useInternalNode(source);
  const underlay = useInternalNode(target);
  const light = useLight(data?.key ?? id);
  if (!node || !underlay || !data) return null;
  const card = rectangle(node);
  const line = rectangle(underlay);
  const y = line.y + line.height / 2;
  const bar: Bar = { key: target, left: line.x, right: line.x + line.width, y };
  const { path } = wireOf(card, card.width / 2, null, bar, []);
  const middle = (card.y > y ? card.y + y : card.y + card.height + y) / 2;
  const x = card.x + card.width / 2;
  return (
    <g className={`stub is-${data.state} ${light}`}>
      <BaseEdge id={id} path={path} interactionWidth={0} />
      <Pulse node={source} path={path} />
      {data.state === 'cut' ? <path className="cross" d={`M ${x - 7} ${middle - 7} l 14 14 m 0 -14 l -14 14`} /> : null}
    </g>
  );
});
