/** An instance: a host of its own, where Nova would start a virtual machine and plug its ports. */
import type { LabIndex } from '../../model/lab-queries.js';
import { instanceNamespace } from '../../model/names.js';
import type { Instance, ResourceRef } from '../../model/resources.js';
import { withReason } from '../interface-address.js';
import type { NodeBuilder } from '../node-builder.js';
import type { ProcessItem } from '../node-state.js';
import { hostFiles } from './host-files.js';
import { buildInterface } from './interface.js';
import { interfacesOf } from './interface-plan.js';

export function buildInstance(builder: NodeBuilder, instance: Instance, index: LabIndex): void {
  const namespace = instanceNamespace(instance.name);
  const resource: ResourceRef = { kind: 'instance', id: instance.id, name: instance.name };
  const interfaces = interfacesOf(instance, index);

  builder.add({
    kind: 'namespace',
    namespace,
    hostname: instance.name,
    resource,
    why: `Instance ${instance.name} is a namespace with a hostname of its own: what stands for a virtual machine.`,
  });
  const set = (name: string, value: number, why: string) => {
    builder.sysctl(namespace, name, value, resource, why);
  };
  set('net.ipv4.ip_forward', 0, 'An instance is a host and forwards nothing.');
  set('net.ipv4.conf.all.rp_filter', 0, 'The filter by reverse path of the host would be inherited.');
  set('net.ipv6.conf.all.forwarding', 0, 'Only who does not forward takes addresses from router advertisements.');

  for (const file of hostFiles(instance, interfaces)) builder.add(withReason(file, resource, file.why));
  for (const each of interfaces) buildInterface(builder, instance, each);
  webServer(builder, instance, namespace, resource);
}

function webServer(builder: NodeBuilder, { name }: Instance, namespace: string, resource: ResourceRef): void {
  const directory = `/var/lib/neutron-lab/instances/${name}/www`;
  builder.file(
    `${directory}/index.html`,
    `${name}\n`,
    resource,
    'Whoever asks by HTTP learns which instance answered.',
  );
  const process: ProcessItem = {
    kind: 'process',
    namespace,
    name: 'httpd',
    argv: ['/usr/bin/busybox', 'httpd', '-f', '-p', '[::]:80', '-h', directory],
    pidFile: `/run/neutron-lab/instances/${name}/httpd.pid`,
    daemonizes: false,
    reloads: [],
    hostname: name,
  };
  builder.add(
    withReason(process, resource, 'A small web server, so that there is something to reach on the instance.'),
  );
}
