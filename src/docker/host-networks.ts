/** What networks this machine is on, so that nothing of ours takes one of them. */
import { readFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';

/**
 * The networks of the interfaces, of the routes and of the name servers, as CIDRs. What cannot be read is left out:
 * outside Linux there is no /proc, and the engine's network is another one there.
 */
export function hostSubnets(): readonly string[] {
  const interfaces = Object.values(networkInterfaces()).flatMap((addresses) =>
    (addresses ?? []).flatMap(({ cidr }) => (cidr === null ? [] : [cidr])),
  );
  return [
    ...interfaces,
    ...parseRoutes(read('/proc/net/route')),
    // A name server, and who is reached through it, mostly have no route of their own but the default one.
    ...parseNameServers(read('/etc/resolv.conf')).map((address) => `${address}/24`),
  ];
}

/**
 * The destinations in /proc/net/route (proc_net(5)): addresses and masks are 32-bit numbers in hexadecimal in the
 * machine's own byte order, which is little endian wherever Node runs. The default route, /0, is left out. Pure.
 */
export function parseRoutes(table: string): readonly string[] {
  return table.split('\n').flatMap((line) => {
    const fields = line.trim().split(/\s+/);
    const [destination, mask] = [fields[1] ?? '', fields[7] ?? ''];
    if (!/^[0-9A-F]{8}$/i.test(destination) || !/^[0-9A-F]{8}$/i.test(mask)) return [];
    const length = parseInt(mask, 16).toString(2).replaceAll('0', '').length;
    return length === 0 ? [] : [`${littleEndian(destination)}/${length}`];
  });
}

/** The IPv4 addresses after `nameserver` (resolv.conf(5)). Pure. */
export function parseNameServers(text: string): readonly string[] {
  return [...text.matchAll(/^\s*nameserver\s+(\d+\.\d+\.\d+\.\d+)\s*$/gm)].flatMap(([, address]) => address ?? []);
}

function littleEndian(hex: string): string {
  return (hex.match(/../g) ?? [])
    .reverse()
    .map((octet) => parseInt(octet, 16))
    .join('.');
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
