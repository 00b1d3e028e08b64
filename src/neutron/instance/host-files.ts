/** The files of an instance's own /etc, which `ip netns exec` puts in place of the node's (ip-netns(8)). */
import type { Instance } from '../../model/resources.js';
import { instanceNamespace } from '../../model/names.js';
import type { FileItem } from '../node-state.js';
import type { InstanceInterface } from './interface-plan.js';

export function hostFiles(
  { name }: Instance,
  interfaces: readonly InstanceInterface[],
): readonly (FileItem & { readonly why: string })[] {
  const file = (leaf: string, content: string) =>
    ({ kind: 'file', path: `/etc/netns/${instanceNamespace(name)}/${leaf}`, content, mode: 0o644 }) as const;
  const hosts = ['127.0.0.1 localhost', `127.0.1.1 ${name}`, '::1 localhost ip6-localhost ip6-loopback', ''].join('\n');
  const asks = interfaces.some(({ leased }) => leased.length > 0);
  return [
    { ...file('hostname', `${name}\n`), why: 'The instance has a name of its own.' },
    { ...file('hosts', hosts), why: 'The instance finds itself by its name.' },
    asks
      ? {
          ...file('resolv.conf', ''),
          seed: true,
          why: 'The DHCP client writes here which name servers the network has.',
        }
      : {
          ...file('resolv.conf', nameServers(interfaces)),
          why: 'No DHCP server tells the name servers, so they are set.',
        },
  ];
}

function nameServers(interfaces: readonly InstanceInterface[]): string {
  const servers = interfaces.flatMap(({ fixed }) => fixed.flatMap(({ subnet }) => subnet.dns_nameservers));
  return [...new Set(servers)].map((server) => `nameserver ${server}\n`).join('');
}
