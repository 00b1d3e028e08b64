/** The things of the physical layer: nodes as cards with what lives in them, and the underlay between them. */
import * as l10n from '@vscode/l10n';
import { Handle, type Node, type NodeProps, Position } from '@xyflow/react';
import { memo, useContext } from 'react';
import { keyOf } from '../../src/picture/keys.js';
import type { NodeShape } from '../../src/picture/picture.js';
import { MOST_BRIDGES, spaceBelow } from '../layout/nodes.js';
import type { PlacedBox } from '../layout/places.js';
import { useLight } from '../lit.js';
import { Thing } from '../thing-of.js';
import { Box } from './box.js';
import { FAR_LETTERS } from './far.js';
import { Afar, FarName } from './far-name.js';
import { hueClass } from './hue.js';
import { countsOf, isTrouble, stateWord } from './node-words.js';

export type HostNode = Node<
  { readonly key: string; readonly node: NodeShape; readonly places: readonly PlacedBox[] },
  'node'
>;
export type UnderlayNode = Node<{ readonly key: string }, 'underlay'>;

export const HostCard = memo(function HostCard({ data, width = 0, height = 0 }: NodeProps<HostNode>) {
  const { key, node, places } = data;
  const light = useLight(key);
  const boxes = new Map(node.boxes.map((box) => [box.namespace, box]));
  const active = node.boxes.some(({ role }) => role === 'MASTER');
  const zoom = useContext(Afar);
  const crowded = zoom !== null && isCrowded(node, places, zoom);
  const classes = [
    'host',
    `is-${node.state}`,
    active ? 'active' : '',
    node.cutOff ? 'cut' : '',
    crowded ? 'crowded' : '',
    light,
  ];
  return (
    <div className={classes.join(' ')}>
      <div className="head">
        <span className="name">{node.name}</span>
        <span className="agents">
          {node.agents.map((agent) => (
            <Thing key={agent} of={keyOf.agent(node.name, agent)}>
              {agent.toUpperCase()}
            </Thing>
          ))}
        </span>
        <span className={`state ${isTrouble(node) ? 'trouble' : ''}`}>{stateWord(node)}</span>
      </div>
      {places.map((place) => {
        const box = boxes.get(place.namespace);
        return box ? <Box key={place.key} box={box} place={place} frozen={node.state === 'paused'} /> : null;
      })}
      <div className="bridges mono">
        {node.bridges.slice(0, MOST_BRIDGES).map(({ name, hue, vxlan, ports, there, up }) => (
          <div
            key={name}
            title={ports.join(', ')}
            className={`${hueClass(hue)} ${up ? '' : 'trouble'} ${there ? '' : 'ghost'}`}
          >
            <i className="dot" />
            {name} <span className="quiet">· {vxlan}</span>
          </div>
        ))}
        {node.bridges.length > MOST_BRIDGES ? (
          <div className="quiet">{l10n.t('and {0} more', node.bridges.length - MOST_BRIDGES)}</div>
        ) : null}
      </div>
      <FarName of="group" name={node.name} width={width} height={height}>
        {isTrouble(node) ? <span className="trouble">{stateWord(node)}</span> : null}
        <span className="quiet">{countsOf(node)}</span>
      </FarName>
      <Handle type="source" id="end" position={Position.Bottom} className="unseen" isConnectable={false} />
    </div>
  );
});

/** From afar: its own name, below its boxes, would stand over theirs. */
function isCrowded({ bridges }: NodeShape, places: readonly PlacedBox[], zoom: number): boolean {
  const lowest = Math.min(...places.map(({ height }) => height));
  return (spaceBelow(bridges.length) + lowest / 2) * zoom < FAR_LETTERS.group * 1.35 + FAR_LETTERS.one / 2 + 1;
}

export const Underlay = memo(function Underlay({ data: { key } }: NodeProps<UnderlayNode>) {
  const light = useLight(key);
  return (
    <div className={`underlay ${light}`}>
      <span className="label">{l10n.t('underlay · VXLAN')}</span>
      <Handle type="target" id="bar" position={Position.Bottom} className="unseen" isConnectable={false} />
    </div>
  );
});
