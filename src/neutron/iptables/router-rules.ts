/** The rulesets of a qrouter namespace, the same for legacy and HA (neutron/agent/l3/router_info.py). */
import type { Habits } from '../release.js';
import { filterTable, mangleTable, rawTable, Table } from './table.js';

const PREFIX = 'neutron-l3-agent';

/** The metadata address, and the port on which the router's metadata proxy listens (l3_agent.ini). */
const METADATA = { 4: '169.254.169.254/32', 6: 'fe80::a9fe:a9fe/128' } as const;
const METADATA_PORT = 9697;

/** Marks on packets: bound for the metadata proxy, entered by the gateway, and the scope of their source's subnet. */
const METADATA_MARK = '0x1/0xffff';
const INGRESS_MARK = '0x2/0xffff';
const SCOPE_MASK = '0xffff0000';
const NO_SCOPE = `0x4000000/${SCOPE_MASK}`;
const UNMARKED = `0x0/${SCOPE_MASK}`;
const RESTORE_MARK = `-j CONNMARK --restore-mark --nfmask ${SCOPE_MASK} --ctmask ${SCOPE_MASK}`;
const SAVE_MARK = `-m connmark --mark ${UNMARKED} -j CONNMARK --save-mark --nfmask ${SCOPE_MASK} --ctmask ${SCOPE_MASK}`;

/** iptables draws the source port at random (`use_random_fully`). */
const RANDOM = ' --random-fully';

export interface RouterRulesInput {
  /** The qr- devices that have an address of the family, in the order of their ports' ids. */
  readonly interfaces: { readonly 4: readonly string[]; readonly 6: readonly string[] };
  readonly gateway: {
    readonly device: string;
    readonly families: readonly (4 | 6)[];
    /** The IPv4 address that SNAT gives to packets, null without one. */
    readonly snatAddress: string | null;
    readonly enableSnat: boolean;
  } | null;
  readonly floatingIps: readonly { readonly floating: string; readonly fixed: string }[];
}

export function routerRuleset(family: 4 | 6, input: RouterRulesInput, habits: Habits): string {
  const tables =
    family === 4
      ? [mangle4(input, habits), rawTable(PREFIX), filter(4, input, habits), nat4(input, habits)]
      : [mangle6(input, habits), rawTable(PREFIX), filter(6, input, habits), ...(habits.metadataIpv6 ? [nat6()] : [])];
  return tables.join('');
}

/** Devices that carry a scope mark: the interfaces and then the gateway, if it has an address of the family. */
function scoped(family: 4 | 6, { interfaces, gateway }: RouterRulesInput): readonly string[] {
  return gateway?.families.includes(family) ? [...interfaces[family], gateway.device] : interfaces[family];
}

function markScopes(table: Table, family: 4 | 6, input: RouterRulesInput): void {
  const marks = scoped(family, input).map((device) => `-i ${device} -j MARK --set-xmark ${NO_SCOPE}`);
  table.declare(table.chain('scope')).append(table.chain('scope'), ...marks);
}

function metadataMark(family: 4 | 6): string {
  return `-d ${METADATA[family]} -i qr-+ -p tcp -m tcp --dport 80 -j MARK --set-xmark ${METADATA_MARK}`;
}

function mangle4(input: RouterRulesInput, habits: Habits): Table {
  const { gateway } = input;
  const table = mangleTable(PREFIX);
  const [mark, scope, floating] = [table.chain('mark'), table.chain('scope'), table.chain('floatingip')];
  table.declare(mark, scope, floating);
  table.append(
    table.chain('PREROUTING'),
    `-j ${mark}`,
    `-j ${scope}`,
    `-m connmark ! --mark ${UNMARKED} ${RESTORE_MARK}`,
    `-j ${floating}`,
    metadataMark(4),
  );
  table.append(table.chain('float-snat'), SAVE_MARK);
  markScopes(table, 4, input);
  if (habits.metadataChecksum) {
    const answers = `-o qr-+ -p tcp -m tcp --sport ${METADATA_PORT}`;
    table.append(table.chain('POSTROUTING'), `${answers} -j CHECKSUM --checksum-fill`);
  }
  if (gateway?.enableSnat) table.append(table.chain('POSTROUTING'), `-o ${gateway.device} ${SAVE_MARK}`);
  if (gateway?.snatAddress) table.append(mark, `-i ${gateway.device} -j MARK --set-xmark ${INGRESS_MARK}`);
  return table;
}

function mangle6(input: RouterRulesInput, habits: Habits): Table {
  const table = mangleTable(PREFIX);
  table.append(
    table.chain('PREROUTING'),
    `-j ${table.chain('scope')}`,
    `-m connmark ! --mark ${UNMARKED} ${RESTORE_MARK}`,
    ...(habits.metadataIpv6 ? [metadataMark(6)] : []),
  );
  markScopes(table, 6, input);
  return table;
}

function filter(family: 4 | 6, input: RouterRulesInput, habits: Habits): Table {
  const { gateway } = input;
  const table = filterTable(PREFIX);
  const scope = table.chain('scope');
  table.declare(scope).append(table.chain('FORWARD'), `-j ${scope}`);
  if (family === 4 || habits.metadataIpv6) {
    table.append(
      table.chain('INPUT'),
      `-m mark --mark ${METADATA_MARK} -j ACCEPT`,
      `-p tcp -m tcp --dport ${METADATA_PORT} -j DROP`,
    );
  }
  // What SNAT hides may leave by the gateway whatever its scope.
  const guarded = scoped(family, input).filter(
    (device) => !(family === 4 && gateway?.enableSnat && device === gateway.device),
  );
  table.append(scope, ...guarded.map((device) => `-o ${device} -m mark ! --mark ${NO_SCOPE} -j DROP`));
  return table;
}

function nat4({ gateway, floatingIps }: RouterRulesInput, habits: Habits): Table {
  const random = habits.randomFully ? RANDOM : '';
  const table = new Table('nat', PREFIX).wrap('PREROUTING', 'OUTPUT', 'POSTROUTING');
  const [snat, floatSnat, bottom] = [table.chain('snat'), table.chain('float-snat'), 'neutron-postrouting-bottom'];
  table.append('POSTROUTING', `-j ${bottom}`);
  table.append(bottom, `-m comment --comment "Perform source NAT on outgoing traffic." -j ${snat}`);
  table.declare(floatSnat).append(snat, `-j ${floatSnat}`);
  table.append(
    table.chain('PREROUTING'),
    `-d ${METADATA[4]} -i qr-+ -p tcp -m tcp --dport 80 -j REDIRECT --to-ports ${METADATA_PORT}`,
  );
  if (!gateway?.snatAddress) return table;

  const elsewhere = `${habits.asksWhereFrom ? `! -i ${gateway.device} ` : ''}! -o ${gateway.device}`;
  table.append(table.chain('POSTROUTING'), `${elsewhere} -m conntrack ! --ctstate DNAT -j ACCEPT`);
  for (const { floating, fixed } of floatingIps) {
    table.append(table.chain('PREROUTING'), `-d ${floating}/32 -j DNAT --to-destination ${fixed}`);
    table.append(table.chain('OUTPUT'), `-d ${floating}/32 -j DNAT --to-destination ${fixed}`);
    table.append(floatSnat, `-s ${fixed}/32 -j SNAT --to-source ${floating}${random}`);
  }
  const toGateway = `-j SNAT --to-source ${gateway.snatAddress}${random}`;
  if (gateway.enableSnat) table.append(snat, `-o ${gateway.device} ${toGateway}`);
  table.append(snat, `-m mark ! --mark ${INGRESS_MARK} -m conntrack --ctstate DNAT ${toGateway}`);
  return table;
}

function nat6(): Table {
  const table = new Table('nat', PREFIX).wrap('PREROUTING');
  return table.append(
    table.chain('PREROUTING'),
    `-d ${METADATA[6]} -i qr-+ -p tcp -m tcp --dport 80 -j REDIRECT --to-ports ${METADATA_PORT}`,
  );
}
