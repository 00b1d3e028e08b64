/** The same commands as in the recordings, on a node of a running lab, into files of the same names. */
import type { RunningLab } from '../../src/lab/running-lab.js';
import { type Files, ROOT_PLACE, type Snapshot } from './recording.js';
import { sysctlDifferences } from './sysctls.js';

const MARK = '@@@ neutron-lab-capture ';

/** Of every place: its addresses or links, rules and files. `$ID` is the id that is in the namespace's name. */
const NAMESPACE_COMMANDS: Readonly<Record<string, string>> = {
  'addr.json': 'ip -j -d addr show',
  'route4.json': 'ip -j -4 route show table all',
  'route6.json': 'ip -j -6 route show table all',
  'rule4.json': 'ip -j rule',
  'rule6.json': 'ip -j -6 rule',
  'iptables-save.txt': 'iptables-save',
  'ip6tables-save.txt': 'ip6tables-save',
  sysctls: 'sysctl -a -r "^net\\." 2>/dev/null',
  'pid-files': `find /var/lib/neutron -type f -path "*$ID*" | grep -E '[./]pid(\\.|$)' | while read -r f; do
    echo "$f $(cat "/proc/$(cat "$f")/comm" 2>/dev/null)"; done`,
};

const ROUTER_COMMANDS: Readonly<Record<string, string>> = {
  'keepalived.conf': 'cat "/var/lib/neutron/ha_confs/$ID/keepalived.conf"',
  state: 'cat "/var/lib/neutron/ha_confs/$ID/state"',
  'radvd.conf': 'cat "/var/lib/neutron/ra/$ID.radvd.conf"',
  'processes.txt': `for p in /proc/[0-9]*; do
    [ "$(cat "$p/comm")" = sh ] || { grep -qsa "$ID" "$p/cmdline" && tr '\\0' ' ' < "$p/cmdline" && echo; }; done; true`,
};

const DHCP_COMMANDS: Readonly<Record<string, string>> = {
  'dnsmasq-args.txt': 'tr "\\0" "\\n" < "/proc/$(cat "/var/lib/neutron/dhcp/$ID/pid")/cmdline"',
  'dnsmasq-host': 'cat "/var/lib/neutron/dhcp/$ID/host"',
  'dnsmasq-addn_hosts': 'cat "/var/lib/neutron/dhcp/$ID/addn_hosts"',
  'dnsmasq-opts': 'cat "/var/lib/neutron/dhcp/$ID/opts"',
};

const ROOT_COMMANDS: Readonly<Record<string, string>> = {
  'links.json': 'ip -j -d link show',
  'fdb.json': 'bridge -j fdb show',
  'iptables-save.txt': 'iptables-save',
  'ip6tables-save.txt': 'ip6tables-save',
  'ipset-save.txt': 'ipset save',
  'ebtables-save.txt': 'ebtables-save',
  netns: 'ls /run/netns',
  fresh: 'unshare --net sysctl -a -r "^net\\." 2>/dev/null',
};

/** One shell that runs all of them; what one prints when it fails is not there. */
function script(commands: Readonly<Record<string, string>>, id: string): string {
  const parts = Object.entries(commands).map(
    ([file, command]) =>
      `text=$( { ${command}; } 2>/dev/null && printf x ) && printf '%s%s\\n%s' '${MARK}' '${file}' "$text"`,
  );
  return [`ID='${id}'`, ...parts, ''].join('\n');
}

function parse(output: string): Map<string, string> {
  const files = new Map<string, string>();
  for (const part of output.split(MARK).slice(1)) {
    const end = part.indexOf('\n');
    // The x at the end keeps the shell from cutting newlines.
    files.set(part.slice(0, end), part.slice(end + 1).replace(/x$/, ''));
  }
  return files;
}

async function ask(
  running: RunningLab,
  node: string,
  namespace: string,
  commands: Readonly<Record<string, string>>,
): Promise<Map<string, string>> {
  const id = namespace.replace(/^q(router|dhcp)-/, '');
  const session = await running.session(node);
  const { code, stdout, stderr } = await session.run(namespace, ['sh', '-c', script(commands, id)]);
  if (stdout === '') throw new Error(`nothing was captured in "${namespace}" on ${node}: ${String(code)} ${stderr}`);
  return parse(stdout);
}

async function captureNode(running: RunningLab, node: string): Promise<ReadonlyMap<string, Files>> {
  const root = await ask(running, node, '', ROOT_COMMANDS);
  const fresh = root.get('fresh') ?? '';
  const namespaces = (root.get('netns') ?? '').split('\n').filter((name) => /^q(router|dhcp)-/.test(name));
  root.delete('fresh');
  const places = new Map<string, Files>([[ROOT_PLACE, root]]);
  for (const namespace of namespaces) {
    const own = namespace.startsWith('qrouter-') ? ROUTER_COMMANDS : DHCP_COMMANDS;
    const files = await ask(running, node, namespace, { ...NAMESPACE_COMMANDS, ...own });
    files.set('sysctls.txt', sysctlDifferences(files.get('sysctls') ?? '', fresh));
    files.delete('sysctls');
    places.set(namespace, files);
  }
  return places;
}

export async function capture(running: RunningLab, nodes: readonly string[]): Promise<Snapshot> {
  return new Map(await Promise.all(nodes.map(async (node) => [node, await captureNode(running, node)] as const)));
}
