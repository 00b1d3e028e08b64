/** Addresses and MACs of all ports of a lab. */
import { containsAddress, eui64, formatAddress, parseAddress } from '../addresses.js';
import { macOf, macSuffix } from '../ids.js';
import type { BuildContext } from '../build/context.js';
import type { PortDraft, SubnetDraft } from '../build/drafts.js';
import type { FixedIp } from '../resources.js';
import { addressInUse, macInUse, noMoreAddresses } from '../rules/ports.js';
import { allocateNumbers } from './numbers.js';

/** The last three octets of a MAC, any value. */
const HIGHEST_SUFFIX = 0xffffff;

/** An address that a port needs: one of these subnets. */
interface Slot {
  readonly port: PortDraft;
  readonly candidates: readonly SubnetDraft[];
  ip: FixedIp | null;
}

/** The MAC of each port, by its id. */
export function allocateMacs(ports: readonly PortDraft[], build: BuildContext): ReadonlyMap<string, string> {
  const given = new Set<string>();
  for (const port of ports) {
    if (port.mac === null) continue;
    const key = `${port.network.id} ${port.mac}`;
    if (given.has(key)) {
      build.problems.refuse(port.path, [macInUse(port.network.ref, port.mac)]);
    }
    given.add(key);
  }
  const reserved = ports.flatMap((port) => (port.mac === null ? [] : [macSuffix(port.mac) ?? -1]));
  const open = ports.filter((port) => port.mac === null);
  const requests = open.map((port) => ({
    id: port.id,
    wanted: null,
    held: macSuffix(build.held.port(port.id)?.mac_address ?? ''),
  }));
  const { numbers } = allocateNumbers(requests, 0, HIGHEST_SUFFIX, reserved);
  return new Map(ports.map((port) => [port.id, port.mac ?? macOf(numbers.get(port.id) ?? 0)]));
}

/**
 * What the file gives comes first, then what follows from MACs, then what is held, then the lowest ones for DHCP, then
 * the rest: so no address depends on how many others come after it.
 */
export function allocateAddresses(
  ports: readonly PortDraft[],
  macs: ReadonlyMap<string, string>,
  build: BuildContext,
): void {
  const slots = ports.flatMap((port) => slotsOf(port, macs.get(port.id) ?? '', build));
  const open = slots.filter((slot) => slot.ip === null);
  for (const slot of open) takeHeld(slot, build);
  for (const choice of ['lowest', 'any'] as const) {
    for (const slot of open) if (slot.ip === null && slot.port.choice === choice) takeFree(slot, build);
  }
  for (const slot of slots) if (slot.ip !== null) slot.port.ips.push(slot.ip);
}

/** In Neutron's order: IPv4, IPv6, then the SLAAC ones. */
function slotsOf(port: PortDraft, mac: string, build: BuildContext): Slot[] {
  const { subnets } = port.network;
  const auto = subnets.filter((subnet) => subnet.auto);
  const slots: Slot[] = [];
  if (port.wanted === null) {
    for (const version of [4, 6] as const) {
      const candidates = subnets.filter((subnet) => subnet.cidr.version === version && !subnet.auto);
      if (candidates.length > 0) slots.push({ port, candidates, ip: null });
    }
  } else {
    for (const { subnet, address, path } of port.wanted) {
      // Without an address a SLAAC subnet is one of those below.
      if (address === null && subnet.auto && port.slaac) continue;
      const ip = address === null ? null : reserve(port, subnet, address, path, build);
      if (ip !== null || address === null) slots.push({ port, candidates: [subnet], ip });
    }
  }
  if (!port.slaac) return slots;
  for (const subnet of auto) {
    // The file may write it out.
    if (slots.some(({ ip }) => ip?.subnet_id === subnet.id)) continue;
    const address = eui64(subnet.cidr, mac);
    const ip = reserve(port, subnet, parseAddress(address).value, port.path, build);
    if (ip !== null) slots.push({ port, candidates: [subnet], ip });
  }
  return slots;
}

function reserve(
  port: PortDraft,
  subnet: SubnetDraft,
  address: bigint,
  path: PortDraft['path'],
  build: BuildContext,
): FixedIp | null {
  if (subnet.book.take(address, port.id)) return fixedIp(subnet, address);
  const text = formatAddress({ version: subnet.cidr.version, value: address });
  build.problems.refuseAt(path, addressInUse(subnet.ref, text, []));
  return null;
}

/** The address of the running lab, as long as it is one that could be chosen now. */
function takeHeld(slot: Slot, build: BuildContext): void {
  for (const held of build.held.port(slot.port.id)?.fixed_ips ?? []) {
    const subnet = slot.candidates.find(({ id }) => id === held.subnet_id);
    if (subnet === undefined) continue;
    const address = parseAddress(held.ip_address);
    if (!containsAddress(subnet.cidr, address) || !subnet.book.inPools(address.value)) continue;
    if (!subnet.book.take(address.value, slot.port.id)) continue;
    slot.ip = fixedIp(subnet, address.value);
    return;
  }
}

function takeFree(slot: Slot, build: BuildContext): void {
  for (const subnet of slot.candidates) {
    const { book } = subnet;
    const address = slot.port.choice === 'lowest' ? book.takeLowest(slot.port.id) : book.takeAny(slot.port.id);
    if (address === null) continue;
    slot.ip = fixedIp(subnet, address);
    return;
  }
  build.problems.refuseAt(slot.port.path, noMoreAddresses(slot.port.network.ref));
}

function fixedIp(subnet: SubnetDraft, value: bigint): FixedIp {
  return { subnet_id: subnet.id, ip_address: formatAddress({ version: subnet.cidr.version, value }) };
}
