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

/** Rows `| field | value |` under `openstack KIND show NAME` or `create`, whose field is an attribute of the resource. */
export function consoleProblems(lab: Lab, { text, range }: ConsoleBlock): ConsoleProblem[] {
  const problems: ConsoleProblem[] = [];
  let resource: { readonly name: string; readonly attributes: Attributes | null } | null = null;
  for (const [index, line] of text.split('\n').entries()) {
    const at = { ...range, line: range.line + 1 + index };
    const command = /^\$ openstack ([a-z]+(?: ip| group)?) (show|create) (.*)$/.exec(line);
    if (command) {
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
    if (line.startsWith('$')) resource = null;
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

/** As the client prints it: True and None of Python, a list with commas. */
function fitsText(lab: Lab, own: unknown, value: string): boolean {
  if (own === null) return value === 'None' || value === '';
  if (typeof own === 'boolean') return value === (own ? 'True' : 'False') || value === (own ? 'UP' : 'DOWN');
  if (Array.isArray(own)) {
    const items = value === '' ? [] : value.split(/, ?/);
    return items.every((item) => own.some((one) => fitsText(lab, one, item)));
  }
  if (typeof own === 'object') return Object.values(own).every((one) => typeof one !== 'string' || value.includes(one));
  return fits(lab, own, value);
}
