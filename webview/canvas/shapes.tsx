/** The things of the logical layer: networks as bars, routers, instances, the outside. */
import * as l10n from '@vscode/l10n';
import { Handle, type Node, type NodeProps, Position, useConnection } from '@xyflow/react';
import { memo } from 'react';
import { keyOf } from '../../src/picture/keys.js';
import type { FloatingShape, InstanceShape, NetworkShape, RouterShape } from '../../src/picture/picture.js';
import { remarkWord } from '../../src/picture/remark-words.js';
import { useLight } from '../lit.js';
import { Thing } from '../thing-of.js';
import { FarName } from './far-name.js';
import { hueClass } from './hue.js';
import { RoleBadge } from './role.js';

export type NetworkNode = Node<{ readonly key: string; readonly network: NetworkShape }, 'network'>;
export type RouterNode = Node<
  { readonly key: string; readonly router: RouterShape; readonly floating: readonly FloatingShape[] },
  'router'
>;
export type InstanceNode = Node<
  { readonly key: string; readonly instance: InstanceShape; readonly floating: readonly FloatingShape[] },
  'instance'
>;
export type OutsideNode = Node<{ readonly key: string }, 'outside'>;

/** Between a network's line and what stands over it, in the picture's own units. */
const ABOVE_BAR = 54;

/** Cables end here; where on it is up to the cable. */
function Ends({ connectable }: { readonly connectable: boolean }) {
  return (
    <>
      <Handle type="source" id="end" position={Position.Bottom} className="unseen" isConnectable={false} />
      {connectable ? (
        <Handle type="source" id="plug" position={Position.Right} className="plug" title={l10n.t('Draw a cable')} />
      ) : null}
    </>
  );
}

export const NetworkBar = memo(function NetworkBar({ data: { key, network }, width = 0 }: NodeProps<NetworkNode>) {
  const light = useLight(key);
  const connecting = useConnection(({ inProgress }) => inProgress);
  return (
    <div className={`bar ${hueClass(network.hue)} ${light} ${network.fresh ? 'fresh' : ''}`}>
      <span className="name">{network.name}</span>
      <span className="cidrs mono">
        {network.subnets.map(({ id, cidr }) => (
          <Thing key={id} of={keyOf.subnet(id)}>
            {cidr}
          </Thing>
        ))}
      </span>
      <span className="line" />
      <FarName name={network.name} width={width} height={ABOVE_BAR} />
      <Handle
        type="target"
        id="bar"
        position={Position.Bottom}
        className={`whole ${connecting ? 'ready' : ''}`}
        isConnectableStart={false}
      />
    </div>
  );
});

export const RouterCard = memo(function RouterCard({ data, width = 0, height = 0 }: NodeProps<RouterNode>) {
  const { key, router, floating } = data;
  const light = useLight(key);
  const [first, ...more] = router.active;
  return (
    <div className={`router ${routerState(router)} ${light} ${router.fresh ? 'fresh' : ''}`}>
      <div className="head">
        <span className="name">{router.name}</span>
        {router.vrid === null ? null : <span className="mono quiet">VRID {router.vrid}</span>}
      </div>
      <div className="where">
        {router.ha ? 'HA' : l10n.t('legacy')}
        {first === undefined ? null : ' · '}
        {first === undefined ? null : (
          <strong className={more.length > 0 ? 'trouble' : 'good'}>{router.active.join(', ')}</strong>
        )}
        {router.unseen.map(({ node, remark }) => (
          <strong key={node} className="trouble" title={remarkWord(remark)}>
            {` · ${node}`}
          </strong>
        ))}
        {router.replicas.length > 0 && first === undefined ? (
          <strong className="trouble"> · {l10n.t('no MASTER')}</strong>
        ) : null}
      </div>
      <div className="foot">
        <span className="roles">
          {router.replicas.map(({ node, role }) => (
            <RoleBadge key={node} role={role} node={node} />
          ))}
        </span>
        <span className="mono quiet floating">
          {floating.slice(0, 1).map(({ id, address, instance }) => (
            <Thing key={id} of={keyOf.floating(id)}>
              {`.${address.split('.').at(-1) ?? ''} → ${instance ?? '?'}`}
            </Thing>
          ))}
          {floating.length > 1 ? ` +${floating.length - 1}` : ''}
        </span>
      </div>
      <FarName name={router.name} width={width} height={height} />
      <Ends connectable />
    </div>
  );
});

function routerState({ replicas, active, adminUp }: RouterShape): string {
  if (!adminUp) return 'is-off';
  if (replicas.length === 0) return '';
  return active.length === 1 ? 'is-active' : 'is-broken';
}

export const InstanceCard = memo(function InstanceCard({ data, width = 0, height = 0 }: NodeProps<InstanceNode>) {
  const { key, instance, floating } = data;
  const light = useLight(key);
  const address = instance.plugs.flatMap(({ addresses }) => addresses)[0] ?? '';
  return (
    <div className={`instance is-${instance.state} ${light} ${instance.fresh ? 'fresh' : ''}`}>
      <span className="name">{instance.name}</span>
      <span className="mono quiet">{address}</span>
      {floating.length === 0 ? null : <span className="floats" title={floating.map((one) => one.address).join(', ')} />}
      <FarName name={instance.name} width={width} height={height} />
      <Ends connectable />
    </div>
  );
});

export const Outside = memo(function Outside({ data: { key }, width = 0, height = 0 }: NodeProps<OutsideNode>) {
  const light = useLight(key);
  return (
    <div className={`outside ${light}`}>
      <span className="name">{l10n.t('outside')}</span>
      <FarName name={l10n.t('outside')} width={width} height={height} />
      <Ends connectable={false} />
    </div>
  );
});
