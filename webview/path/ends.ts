/** Between which ends a packet can be followed. Pure. */
import type { Picture } from '../../src/picture/picture.js';
import { OUTSIDE } from '../../src/picture/probe-ends.js';
import type { End } from '../store.js';

export function endsOf(picture: Picture): End[] {
  const instances = picture.instances.flatMap(({ name, node, id, plugs }): End[] => {
    const namespace = picture.nodes
      .find((one) => one.name === node)
      ?.boxes.find((box) => box.kind === 'instance' && box.id === id)?.namespace;
    return plugs
      .flatMap(({ addresses }) => addresses)
      .slice(0, 2)
      .map((address) => ({ label: `${name} ${address}`, node, namespace: namespace ?? '', address }));
  });
  const floating = picture.floating.flatMap(({ address, instance }): End[] => {
    const owner = instances.find(({ label }) => label.startsWith(`${instance ?? ''} `));
    return owner === undefined ? [] : [{ ...owner, label: `${instance ?? ''} ${address}`, address }];
  });
  const outside = picture.nodes.some(({ name }) => name === OUTSIDE)
    ? picture.networks
        .filter(({ external }) => external)
        .flatMap(({ subnets }) => subnets.map(({ cidr }) => cidr))
        .filter((cidr) => !cidr.includes(':'))
        .map(firstOf)
        .slice(0, 1)
        .map((address): End => ({ label: `${OUTSIDE} ${address}`, node: OUTSIDE, namespace: '', address }))
    : [];
  return [...instances, ...outside, ...floating];
}

/** Where Neutron has the gateway of a subnet by default: its first address. */
function firstOf(cidr: string): string {
  return cidr.replace(/\d+\/\d+$/, (last) => String(Number(last.split('/')[0] ?? '0') + 1));
}
