/** The same content without a picture: for the keyboard, for a screen reader, and to copy from. */
import * as l10n from '@vscode/l10n';
import type { ReactNode } from 'react';
import { keyOf } from '../../src/picture/keys.js';
import { remarkWord } from '../../src/picture/remark-words.js';
import type { Picture, Plug } from '../../src/picture/picture.js';
import { said } from '../canvas/box-words.js';
import { stateWord } from '../canvas/node-words.js';
import { RoleBadge } from '../canvas/role.js';
import { useStore } from '../store.js';
import { menuOf, openMenu, openTerminal } from '../thing.js';
import { Thing } from '../thing-of.js';
import { useShown } from '../use-shown.js';

export function Table() {
  const picture = useShown();
  if (picture === null) return null;
  return (
    <main className="tables" tabIndex={0} aria-label={l10n.t('The lab as tables')}>
      <Networks picture={picture} />
      <Subnets picture={picture} />
      <Routers picture={picture} />
      <Instances picture={picture} />
      <Ports picture={picture} />
      <Floating picture={picture} />
      <Nodes picture={picture} />
    </main>
  );
}

interface Props {
  readonly picture: Picture;
}

function Networks({ picture }: Props) {
  const rows = picture.networks.map(({ id, name, subnets, external, vni, mtu }) => (
    <Row key={id} of={keyOf.network(id)} name={name}>
      <td className="mono">{subnets.map(({ cidr }) => cidr).join(', ')}</td>
      <td>{external ? l10n.t('external') : ''}</td>
      <td className="mono">{vni}</td>
      <td className="mono">{mtu}</td>
    </Row>
  ));
  return <Section title={l10n.t('Networks')} heads={['CIDR', l10n.t('Kind'), 'VNI', 'MTU']} rows={rows} />;
}

function Subnets({ picture }: Props) {
  const rows = picture.networks.flatMap(({ name, subnets }) =>
    subnets.map(({ id, cidr }) => (
      <Row key={id} of={keyOf.subnet(id)} name={cidr}>
        <td>{name}</td>
      </Row>
    )),
  );
  return <Section title={l10n.t('Subnets')} heads={[l10n.t('Network')]} rows={rows} />;
}

/** What hangs on the networks: the cables of the picture. */
function Ports({ picture }: Props) {
  const nameOf = new Map(picture.networks.map(({ id, name }) => [id, name]));
  const own = [
    ...picture.routers.map(({ name, gateway, interfaces }) => ({
      name,
      plugs: [...(gateway ? [gateway] : []), ...interfaces],
    })),
    ...picture.instances,
  ];
  const rows = own.flatMap(({ name, plugs }) =>
    plugs.map(({ port, network, device, addresses, up }) => (
      <Row key={port} of={keyOf.port(port)} name={`${name} › ${device}`}>
        <td>{nameOf.get(network) ?? network}</td>
        <td className="mono">{addresses.join(', ')}</td>
        <td>{up ? '' : l10n.t('down')}</td>
      </Row>
    )),
  );
  const heads = [l10n.t('Network'), l10n.t('Addresses'), l10n.t('State')];
  return <Section title={l10n.t('Interfaces and ports')} heads={heads} rows={rows} />;
}

function Floating({ picture }: Props) {
  const rows = picture.floating.map(({ id, address, fixed, instance }) => (
    <Row key={id} of={keyOf.floating(id)} name={address}>
      <td>{instance ?? ''}</td>
      <td className="mono">{fixed ?? ''}</td>
    </Row>
  ));
  const heads = [l10n.t('Instances'), l10n.t('Addresses')];
  return <Section title={l10n.t('Floating IPs')} heads={heads} rows={rows} />;
}

function Routers({ picture }: Props) {
  const nameOf = new Map(picture.networks.map(({ id, name }) => [id, name]));
  const plug = ({ network, addresses, device, up }: Plug): string =>
    `${nameOf.get(network) ?? network} ${addresses.join(' ')} (${device}${up ? '' : `, ${l10n.t('down')}`})`;
  const rows = picture.routers.map(({ id, name, ha, replicas, active, unseen, interfaces, gateway }) => (
    <Row key={id} of={keyOf.router(id)} name={name}>
      <td>{ha ? 'HA' : l10n.t('legacy')}</td>
      <td>
        {replicas.map(({ node, role, remark }) => (
          <div key={node}>
            <RoleBadge role={role} node={node} /> {node} {role}
            {remark === null ? '' : ` · ${remarkWord(remark)}`}
          </div>
        ))}
        {replicas.length === 0 ? active.join(', ') : null}
        {unseen.map(({ node, remark }) => (
          <div key={node}>
            {node} · {remarkWord(remark)}
          </div>
        ))}
      </td>
      <td className="mono">{gateway === null ? '' : plug(gateway)}</td>
      <td className="mono">
        {interfaces.map((one) => (
          <div key={one.port}>{plug(one)}</div>
        ))}
      </td>
    </Row>
  ));
  const heads = [l10n.t('Kind'), l10n.t('Replicas'), l10n.t('Gateway'), l10n.t('Interfaces')];
  return <Section title={l10n.t('Routers')} heads={heads} rows={rows} />;
}

function Instances({ picture }: Props) {
  const rows = picture.instances.map(({ id, name, node, plugs, state }) => (
    <Row key={id} of={keyOf.instance(id)} name={name}>
      <td className="mono">{plugs.flatMap(({ addresses }) => addresses).join(', ')}</td>
      <td className="mono">
        {picture.floating
          .filter(({ instance }) => instance === name)
          .map(({ address }) => address)
          .join(', ')}
      </td>
      <td>{node}</td>
      <td>{stateOf(state)}</td>
    </Row>
  ));
  const heads = [l10n.t('Addresses'), l10n.t('Floating IPs'), l10n.t('Node'), l10n.t('State')];
  return <Section title={l10n.t('Instances')} heads={heads} rows={rows} />;
}

function stateOf(state: Picture['instances'][number]['state']): string {
  switch (state) {
    case 'declared':
      return '';
    case 'ready':
      return l10n.t('ready');
    case 'waiting':
      return l10n.t('no address yet');
    case 'gone':
      return l10n.t('down');
  }
}

function Nodes({ picture }: Props) {
  const rows = picture.nodes.flatMap((node) => [
    <Row key={node.name} of={keyOf.node(node.name)} name={node.name}>
      <td>
        {node.agents.map((agent) => (
          <Thing key={agent} of={keyOf.agent(node.name, agent)}>
            {agent.toUpperCase()}{' '}
          </Thing>
        ))}
      </td>
      <td>{stateWord(node)}</td>
      <td className="mono">{node.address ?? ''}</td>
    </Row>,
    ...node.boxes.map((box) => (
      <Row
        key={`${node.name} ${box.namespace}`}
        of={keyOf.box(node.name, box.namespace)}
        name={`${node.name} › ${box.namespace}`}
      >
        <td>{box.name}</td>
        <td>
          {box.role === null ? null : <RoleBadge role={box.role} />} {box.lines.map(said).join(' · ')}
        </td>
        <td className="mono">{box.worn.map(({ address }) => address).join(', ')}</td>
      </Row>
    )),
  ]);
  const heads = [l10n.t('What it is'), l10n.t('State'), l10n.t('Addresses')];
  return <Section title={l10n.t('Nodes and namespaces')} heads={heads} rows={rows} />;
}

interface SectionProps {
  readonly title: string;
  readonly heads: readonly string[];
  readonly rows: readonly ReactNode[];
}

function Section({ title, heads, rows }: SectionProps) {
  if (rows.length === 0) return null;
  return (
    <section>
      <h2>{title}</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">{l10n.t('Name')}</th>
            {heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
            <td />
          </tr>
        </thead>
        <tbody>{rows}</tbody>
      </table>
    </section>
  );
}

interface RowProps {
  readonly of: string;
  readonly name: string;
  readonly children: ReactNode;
}

function Row({ of, name, children }: RowProps) {
  const menu = useStore(({ snapshot }) => menuOf(snapshot, of));
  const known = useStore(({ snapshot }) => snapshot?.rows[of] !== undefined);
  return (
    <tr
      data-key={of}
      data-vscode-context={menu}
      onDoubleClick={() => {
        openTerminal(of);
      }}
    >
      <th scope="row">{name}</th>
      {children}
      <td>
        {known ? (
          <button
            type="button"
            className="more"
            aria-label={l10n.t('Actions on {0}', name)}
            onClick={({ currentTarget }) => {
              openMenu(currentTarget);
            }}
          >
            ⋯
          </button>
        ) : null}
      </td>
    </tr>
  );
}
