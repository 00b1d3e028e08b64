/** What the openstack client is shown to answer, beside the lab. Pure. */
import type { Lab } from '../../model/resources.js';
import { type Attributes, fits, resourceCalled } from '../check/attributes.js';
import type { ConsoleBlock, Range, ResourceWord } from '../format/lesson.js';

const KINDS: Readonly<Record<string, ResourceWord>> = {
  network: 'network',
  subnet: 'subnet',
  router: 'router',
  port: 'port',
  server: 'instance',
  'floating ip': 'floating_ip',
  'security group': 'security_group',
};

export interface ConsoleProblem {
  readonly range: Range;
  readonly message: string;
}

/** Ports in a table of many. */
const LIST = /^\$ openstack port list( |$)/;
/** A whole one, of IPv4 or of a link. */
const ADDRESS = /\b(?:\d+\.){3}\d+\b|\b(?:[\da-f]{2}:){5}[\da-f]{2}\b/g;

/**
 * Rows `| field | value |` under `openstack KIND show NAME` or `create`, whose field is an attribute of the resource, and
 * addresses under `openstack port list`.
 */
export function consoleProblems(lab: Lab, { text, range }: ConsoleBlock): ConsoleProblem[] {
  const problems: ConsoleProblem[] = [];
  let resource: { readonly name: string; readonly attributes: Attributes | null } | null = null;
  let list = false;
  for (const [index, line] of text.split('\n').entries()) {
    const at = { ...range, line: range.line + 1 + index };
    const command = /^\$ openstack ([a-z]+(?: ip| group)?) (show|create) (.*)$/.exec(line);
    if (command) {
      list = false;
      const [, words = '', , rest = ''] = command;
      const kind = KINDS[words];
      const name = nameIn(words, rest);
      resource = kind === undefined || name === null ? null : { name, attributes: resourceCalled(lab, kind, name) };
      if (resource?.attributes === null) {
        problems.push({ range: at, message: `This lab has no ${words} "${name}".` });
        resource = null;
      }
      continue;
    }
    if (line.startsWith('$')) {
      resource = null;
      list = LIST.test(line);
    }
    const unknown = list ? (line.match(ADDRESS) ?? []).find((address) => !isOfAPort(lab, address)) : undefined;
    if (unknown !== undefined) problems.push({ range: at, message: `No port of this lab has ${unknown}.` });
    const [, field = '', value = ''] = /^\| ([\w:]+) +\| (.*?) +\|$/.exec(line) ?? [];
    const own = resource?.attributes?.[field];
    if (resource === null || own === undefined || value.includes('…') || fitsText(lab, own, value)) continue;
    problems.push({
      range: at,
      message: `\`${field}\` of "${resource.name}" is ${JSON.stringify(own)} here, not "${value}".`,
    });
  }
  return problems;
}

/** A floating IP is made on a network and known by its address, which its command may leave to Neutron: null. */
function nameIn(kind: string, rest: string): string | null {
  const address = /--floating-ip-address (\S+)/.exec(rest)?.[1];
  if (kind === 'floating ip' && rest.includes(' ')) return address ?? null;
  return rest.trim().split(/\s+/).at(-1) ?? null;
}

function isOfAPort({ ports }: Lab, address: string): boolean {
  return ports.some(
    ({ mac_address: mac, fixed_ips: ips }) => mac === address || ips.some(({ ip_address: ip }) => ip === address),
  );
}

/** As the client prints it: True and None of Python, a list with commas. */
function fitsText(lab: Lab, own: unknown, value: string): boolean {
  if (own === null) return value === 'None' || value === '';
  if (typeof own === 'boolean') return value === (own ? 'True' : 'False') || value === (own ? 'UP' : 'DOWN');
  if (Array.isArray(own)) {
    if (own.some((one) => typeof one === 'object')) return value === '' || own.some((one) => fitsText(lab, one, value));
    const items = value === '' ? [] : value.split(/, ?/);
    return items.every((item) => own.some((one) => fitsText(lab, one, item)));
  }
  if (typeof own === 'object') return Object.values(own).every((one) => typeof one !== 'string' || value.includes(one));
  return fits(lab, own, value);
}
