/** The state of a lab as tables. Pure. */
import type { InstanceStatus, LabStatus, RouterStatus } from '../../lab/status.js';
import { foldPainted } from '../../render/fold.js';
import { type Paint, printable } from '../../render/paint.js';
import { paintRole, roleLetter } from './roles.js';
import { table } from './table.js';
import { count } from '../../render/words.js';

const SPACE = '  ';
const INDENT = 2;

/** @param width Columns of the terminal; without one a row is a line, however long */
export function renderStatus(status: LabStatus, paint: Paint, width = Infinity): string[] {
  return [
    `${paint(status.lab, 'bold')} ${paint(`· ${count(status.nodes.length, 'node')}`, 'grey')}`,
    ...(status.hidden_fault ? [paint('A fault is hidden here: find it.', 'yellow')] : []),
    ...section('Nodes', nodeLines(status, paint, width), paint),
    ...section('Routers', routerLines(status, paint, width), paint),
    ...section('Networks', networkLines(status, paint, width), paint),
    ...section('Instances', instanceLines(status, paint, width), paint),
    ...downLines(status, paint, width),
  ];
}

/** Where nobody is left who could say how it is, what the lab was set up as is all that is known. */
function downLines({ lab, nodes }: LabStatus, paint: Paint, width: number): string[] {
  if (nodes.some(({ state }) => state === 'running')) return [];
  const said = 'No node runs: routers, networks and instances are those that the lab was set up with.';
  return [
    '',
    ...foldPainted(paint(said, 'yellow'), width),
    `\`neutron-lab heal --lab ${lab}\` starts all of it again.`,
  ];
}

function section(title: string, lines: readonly string[], paint: Paint): string[] {
  return lines.length === 0 ? [] : ['', paint(title, 'bold'), ...lines];
}

function paintState(state: string, paint: Paint): string {
  if (state === 'running') return paint(state, 'green');
  return paint(state === 'paused' ? 'frozen' : state, state === 'paused' ? 'yellow' : 'red');
}

function nodeLines({ nodes }: LabStatus, paint: Paint, width: number): string[] {
  const faulty = nodes.some(({ faults }) => faults.length > 0);
  return table(
    ['NODE', 'STATE', 'UNDERLAY', 'AGENTS', ...(faulty ? ['FAULTS'] : [])],
    nodes.map(({ name, state, address, agents, faults }) => [
      name,
      paintState(state, paint),
      address ?? '',
      agents.join(', '),
      paint(faults.map(printable).join(', '), 'red'),
    ]),
    paint,
    INDENT,
    width,
  );
}

/** One block a router: where it is, and what it wears there. */
function routerLines({ routers }: LabStatus, paint: Paint, width: number): string[] {
  return routers.flatMap((router) => {
    const kind = router.ha ? `HA, VRID ${String(router.vrid ?? '?')}` : 'legacy';
    const state = router.admin_state_up ? '' : paint(' · admin down', 'yellow');
    const rows = router.ha ? replicaRows(router, paint) : legacyRows(router, paint);
    return [
      `${SPACE}${paint(printable(router.name), 'bold')} ${paint(`· ${kind}`, 'grey')}${state}`,
      ...table(null, rows, paint, 4, width),
    ];
  });
}

function replicaRows(router: RouterStatus, paint: Paint): string[][] {
  return router.replicas.map(({ node, role, remark, ha_address }) => {
    const wears = router.addresses[node] ?? [];
    const note = remark === null ? [] : [paint(remark, role === 'MASTER' ? 'yellow' : 'red')];
    return [
      `${roleLetter(role, paint)} ${node}`,
      paintRole(role, role, paint),
      paint(ha_address, 'grey'),
      [...wears, ...note].join(SPACE),
    ];
  });
}

function legacyRows(router: RouterStatus, paint: Paint): string[][] {
  const { active_on: here, unseen_on: unseen, addresses } = router;
  if (here.length + unseen.length === 0) return [[paint('on no node', 'red')]];
  return [
    ...here.map((node) => [`  ${node}`, (addresses[node] ?? []).join(SPACE)]),
    ...unseen.map(({ node, remark }) => [`  ${node}`, paint(remark, 'red')]),
  ];
}

function networkLines({ networks, nodes }: LabStatus, paint: Paint, width: number): string[] {
  const state = new Map(nodes.map((node) => [node.name, node.state]));
  /** Of a node that cannot be asked it is not known whether its server runs. */
  const why = (node: string): string => {
    if (state.get(node) === 'paused') return 'frozen';
    return state.get(node) === 'running' ? 'not running' : 'down';
  };
  return table(
    ['NETWORK', 'VNI', 'SUBNETS', 'DHCP'],
    networks.map(({ name, external, vni, cidrs, dhcp }) => [
      printable(name) + (external ? paint(' (external)', 'grey') : ''),
      String(vni),
      cidrs.join(', '),
      dhcp.map(({ node, running }) => (running ? node : paint(`${node} (${why(node)})`, 'red'))).join(', '),
    ]),
    paint,
    INDENT,
    width,
  );
}

function instanceLines({ instances, nodes }: LabStatus, paint: Paint, width: number): string[] {
  const floating = instances.some(({ floating_ips }) => floating_ips.length > 0);
  const state = new Map(nodes.map((node) => [node.name, node.state]));
  const addressText = ({ node, addresses, fixed_ips, ready }: InstanceStatus): string => {
    if (state.get(node) !== 'running') return paint(`${fixed_ips.join(', ')}; its node does not run`, 'red');
    const has = addresses.join(', ');
    if (!ready) return paint(`${has === '' ? 'none yet' : has}; should be ${fixed_ips.join(', ')}`, 'yellow');
    const without = fixed_ips.filter((ip) => !addresses.some((address) => address.split('/')[0] === ip));
    if (without.length === 0) return has === '' ? paint('none', 'grey') : has;
    return `${has === '' ? 'none' : has}${paint(`; not ${without.join(', ')}, which nothing gives it`, 'grey')}`;
  };
  return table(
    ['INSTANCE', 'NODE', 'ADDRESSES', ...(floating ? ['FLOATING IP'] : [])],
    instances.map((instance) => [
      instance.name,
      instance.node,
      addressText(instance),
      instance.floating_ips.join(', '),
    ]),
    paint,
    INDENT,
    width,
  );
}
