/** Steps that many tests share: a network over VXLAN, a namespace with a device on it. */
import { run, type TestStep } from './session.js';

/** A bridge with a VXLAN to one peer, as the Linux bridge agent makes it. */
export function network(vni: number, local: string, peer: string): readonly TestStep[] {
  const [bridge, vxlan] = [`brq${vni}`, `vxlan-${vni}`];
  return [
    run('', `ip link add ${bridge} mtu 1450 type bridge`),
    run('', `ip link add ${vxlan} mtu 1450 type vxlan id ${vni} local ${local} dstport 8472`),
    run('', `ip link set ${vxlan} master ${bridge} up`),
    run('', `ip link set ${bridge} up`),
    run('', `bridge fdb append 00:00:00:00:00:00 dev ${vxlan} dst ${peer}`),
  ];
}

export function namespace(name: string): readonly TestStep[] {
  return [run('', `ip netns add ${name}`), run(name, 'ip link set lo up')];
}

/** A veth from a namespace to the bridge of a network. */
export function plug(name: string, device: string, vni: number, mac: string): readonly TestStep[] {
  const tap = `tap${device}`;
  return [
    run('', `ip link add name ${tap} mtu 1450 type veth peer name ${device} address ${mac} mtu 1450 netns ${name}`),
    run('', `ip link set ${tap} master brq${vni} up`),
    run(name, `ip link set ${device} up`),
  ];
}
