/**
 * Rules of ebtables against false MACs and false ARP, in the form of ebtables-save
 * (neutron/plugins/ml2/drivers/linuxbridge/agent/arp_protect.py). iptables sees no ARP, and no frame without IP.
 */
import { formatCidr, ipVersion } from '../../model/addresses.js';
import { asCidr } from './cidr.js';
import type { FilteredPort } from './port-chains.js';

/** @param ports in the order in which they came up: the jump to a port's MACs goes on top, that to its ARP to the end */
export function arpProtection(ports: readonly FilteredPort[]): string {
  const checks = ports.map(checkOf);
  const macs = checks.map(({ device }) => `-A PREROUTING -i ${device} -j ${macChain(device)}`).reverse();
  const arps = checks.filter(({ senders }) => senders !== null);
  return [
    '*nat',
    ...['PREROUTING', 'OUTPUT', 'POSTROUTING'].map((chain) => `:${chain} ACCEPT`),
    ...[...arps.map(({ device }) => arpChain(device)), ...checks.map(({ device }) => macChain(device))]
      .sort()
      .map((chain) => `:${chain} DROP`),
    ...macs,
    ...arps.map(({ device }) => `-A PREROUTING -p ARP -i ${device} -j ${arpChain(device)}`),
    ...byDevice(arps).flatMap(({ device, senders }) => [
      ...(senders ?? []).map((sender) => `-A ${arpChain(device)} -p ARP --arp-ip-src ${sender} -j ACCEPT`),
      `-A ${arpChain(device)} -j DROP`,
    ]),
    ...byDevice(checks).flatMap(({ device, macs: allowed }) => [
      `-A ${macChain(device)} -i ${device} --among-src ${allowed.join(',')} -j RETURN`,
      `-A ${macChain(device)} -j DROP`,
    ]),
    '',
  ].join('\n');
}

interface Check {
  readonly device: string;
  readonly macs: readonly string[];
  /** Who it may say in ARP that it is, as ebtables-save writes them; null where it may be anyone. */
  readonly senders: readonly string[] | null;
}

function checkOf({ port, device }: FilteredPort): Check {
  const pairs = port.allowed_address_pairs;
  const macs = [port.mac_address, ...pairs.map(({ mac_address: mac }) => mac)].map((mac) => mac.toLowerCase());
  const addresses = [...port.fixed_ips, ...pairs]
    .map(({ ip_address: address }) => address)
    .filter((address) => ipVersion(address) === 4);
  const anyone = addresses.some((address) => asCidr(address).prefixLength === 0);
  // Each is put on top, in the order of their texts.
  const senders = [...new Set(addresses)].sort().reverse();
  return { device, macs: [...new Set(macs)].sort().map(printed), senders: anyone ? null : senders.map(sender) };
}

/** ebtables writes a MAC without leading zeros. */
function printed(mac: string): string {
  return mac.replace(/(^|:)0/g, '$1');
}

function sender(address: string): string {
  const cidr = asCidr(address);
  return cidr.prefixLength === 32 ? formatCidr(cidr).replace('/32', '') : formatCidr(cidr);
}

function byDevice(checks: readonly Check[]): Check[] {
  return [...checks].sort((one, other) => (one.device < other.device ? -1 : 1));
}

function arpChain(device: string): string {
  return `neutronARP-${device}`;
}

function macChain(device: string): string {
  return `neutronMAC-${device}`;
}
