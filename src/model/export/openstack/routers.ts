/** Commands for routers, floating IPs and instances. */
import type { Command, Group } from './command.js';
import { addressWord, creation, flag, option } from './networks.js';
import type { References } from './references.js';
import { ShellVariable } from './shell-words.js';
import type { DeclaredFloatingIp, DeclaredRouter, DeclaredServer } from '../topology.js';

/** Routes come last: their next hops have to be on a connected network. */
export function routerCommands(router: DeclaredRouter, references: References): Command[] {
  const name = references.of(router);
  const commands: Command[] = [
    creation(
      'router',
      [...(router.ha === null ? [] : [[router.ha ? '--ha' : '--no-ha']]), ...flag('--disable', !router.adminStateUp)],
      router,
      references,
    ),
  ];
  const { gateway } = router;
  if (gateway !== null) {
    commands.push({
      groups: [
        ['router', 'set'],
        ['--external-gateway', references.of(gateway.network)],
        ...gateway.addresses.flatMap((one) => option('--fixed-ip', addressWord(one, references))),
        ...flag('--disable-snat', !gateway.snat),
        [name],
      ],
    });
  }
  for (const { subnet, port } of router.interfaces) {
    const what: Group = subnet === null ? [references.of(port)] : [references.of(subnet)];
    commands.push({ groups: [['router', 'add', subnet === null ? 'port' : 'subnet'], [name], what] });
  }
  if (router.routes.length > 0) {
    const routes = router.routes.flatMap((one) =>
      option('--route', `destination=${one.destination},gateway=${one.nexthop}`),
    );
    commands.push({ groups: [['router', 'set'], ...routes, [name]] });
  }
  return commands;
}

export function floatingIpCommand(one: DeclaredFloatingIp, references: References): Command {
  return {
    remarks: one.remarks,
    groups: [
      ['floating', 'ip', 'create'],
      ...option('--floating-ip-address', one.address),
      ...option('--port', one.port === null ? null : references.of(one.port)),
      ...option('--fixed-ip-address', one.fixedAddress),
      [references.of(one.network)],
    ],
  };
}

export function serverCommand(server: DeclaredServer, references: References): Command {
  return {
    remarks: server.remarks,
    groups: [
      ['server', 'create'],
      ['--image', new ShellVariable('IMAGE')],
      ['--flavor', new ShellVariable('FLAVOR')],
      ...(server.ports.length === 0
        ? flag('--no-network', true)
        : server.ports.flatMap((port) => option('--port', references.of(port)))),
      [server.name],
    ],
  };
}
