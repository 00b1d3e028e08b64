import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { labFileJsonSchema } from '../../../../src/model/lab-file/json-schema.js';
import { completionsAt } from '../../../../src/model/language/completion.js';
import { definitionAt, referencesAt } from '../../../../src/model/language/definition.js';
import { foldingRanges } from '../../../../src/model/language/folding.js';
import { hoverAt } from '../../../../src/model/language/hover.js';
import { labText } from '../../../../src/model/language/lab-text.js';
import { symbolsOf, type OutlineSymbol } from '../../../../src/model/language/outline.js';
import { quickFixesFor } from '../../../../src/model/language/quick-fixes.js';
import { prepareRenameAt } from '../../../../src/model/language/rename.js';
import { LabError } from '../../../../src/model/errors.js';
import { LAB, marked } from './support.js';

const HA = readFileSync('labs/ha-router/ha-router.neutron.yaml', 'utf8');
const DUAL = readFileSync('labs/dual-stack/dual-stack.neutron.yaml', 'utf8');
const LONG = `lab: long
networks:
  - broken
  a:
    subnets:
      - { name: s, cidr: 10.1.0.0/24 }
security_groups:
  web:
    rules:
      - direction: ingress
        protocol: tcp
      - direction: "egress"
# a comment
instances: &all
  i: { networks: [a, { network: 'a', fixed_ip: 10.1.0.5 }] }
floating_ips:
  - network: a
    instance: i
config: { release: 2026.1 }
`;

function hover(text: string): string {
  const { lab, offset } = marked(text);
  return hoverAt(lab, offset)?.markdown ?? '';
}

describe('help in a lab file', () => {
  const helps: Readonly<Record<string, [text: string, expected: RegExp[]]>> = {
    'an attribute': [
      HA.replace('ha: true', 'h|a: true'),
      [/\*\*ha\*\*/, /keepalived decides by VRRP/, /Default: `false`/],
    ],
    'an attribute that Neutron has by another name': [
      HA.replace('instance: web1', 'inst|ance: web1'),
      [/In Neutron: `port_id`/],
    ],
    'what an attribute may be': [HA.replace('enable_dhcp', 'en|able_dhcp'), [/true or false/]],
    'a section': [HA.replace('routers:', 'rou|ters:'), [/Legacy and HA routers/]],
    'an option': [HA.replace('ha_vrrp_advert_int', '|ha_vrrp_advert_int'), [/l3_agent\.ini/, /Default: `2`/]],
    'an HA router': [
      HA.replace('  edge:', '  ed|ge:'),
      [
        /HA router\*\* `edge`/,
        /VRID \d+, VIP 169\.254\.0\.\d+\/24/,
        /link-local/,
        /`qr-[\da-f-]+` 192\.168\.10\.1\/24/,
        /`qg-/,
        /qrouter-/,
      ],
    ],
    'a network where it is used': [
      HA.replace('networks: [blue]', 'networks: [bl|ue]'),
      [/VNI \d+, MTU 1450/, /Instances: `web1`/, /brq/],
    ],
    'a subnet': [
      HA.replace('[blue-v4', '[blue|-v4'),
      [/192\.168\.10\.0\/24/, /the router `edge` has it/, /DHCP on, by dnsmasq at/],
    ],
    'an instance': [
      HA.replace('instance: web1', 'instance: |web1'),
      [/`eth0` on `blue`: 192\.168\.10\./, /MAC fa:16:3e/, /`tap/, /Floating IPs: 203/],
    ],
    'a node': [HA.replace('  network1:', '  |network1:'), [/Agents: `l3`, `dhcp`/, /Hosts the routers `edge`/]],
    'a subnet with SLAAC': [DUAL.replace('  blue-v6:', '  blue|-v6:'), [/Addresses by slaac/, /EUI-64/]],
  };
  for (const [what, [text, expected]] of Object.entries(helps)) {
    it(`says what it is: ${what}`, () => {
      const markdown = hover(text);
      for (const part of expected) assert.match(markdown, part);
    });
  }

  it('goes on with what was known while a line is half written', () => {
    const before = labText(HA, 'ha-router.neutron.yaml').lab();
    const lab = labText(HA.replace('ha: true', 'ha: "'), 'ha-router.neutron.yaml', before);
    assert.match(hoverAt(lab, lab.text.indexOf('edge'))?.markdown ?? '', /HA router/);
  });

  it('lets no name of a stranger become markup', () => {
    const text = 'lab: l\nnetworks: { "a](command:x)": { name: "<b>x</b>" } }';
    const lab = labText(text);
    const markdown = hoverAt(lab, text.indexOf(']('))?.markdown ?? '';
    assert.match(markdown, /`<b>x<\/b>`/);
    assert.doesNotMatch(markdown.replace(/`[^`]*`/g, ''), /<b>|command:/);
  });

  it('is in the JSON schema, too', () => {
    assert.match(
      JSON.stringify(labFileJsonSchema()),
      /"ha_vrrp_advert_int":\{"description":"Seconds between two VRRP[^"]*Default: `2`\./,
    );
  });
});

describe('the outline of a lab file', () => {
  const names = (symbols: readonly OutlineSymbol[]): unknown[] =>
    symbols.map(({ kind, name, children }) =>
      children.length === 0 ? `${kind} ${name}` : [`${kind} ${name}`, ...names(children)],
    );

  it('has sections, resources and what they are made of', () => {
    const outline = names(symbolsOf(labText(HA)));
    assert.deepEqual(outline[2], [
      'section networks',
      ['network GATEWAY_NET', 'subnet GATEWAY_SUBNET'],
      ['network blue', 'subnet blue-v4'],
      ['network green', 'subnet green-v4'],
    ]);
    assert.deepEqual(outline[3], [
      'section routers',
      ['router edge', 'gateway GATEWAY_NET', 'interface blue-v4', 'interface green-v4', 'route 10.99.0.0/16'],
    ]);
    assert.deepEqual(outline[5], ['section floating_ips', 'floatingip web1']);
  });

  it('has every name within the whole that it names', () => {
    const check = (symbols: readonly OutlineSymbol[]): void => {
      for (const { start, end, selection, children } of symbols) {
        assert.ok(start <= selection.start && selection.end <= end);
        check(children);
      }
    };
    for (const text of [HA, DUAL, LONG, LAB]) check(symbolsOf(labText(text)));
  });
});

describe('folding a lab file', () => {
  it('folds sections, resources and comments', () => {
    const text = 'networks:\n  a:\n    subnets: {\n      s: {}\n    }\n# one\n# two\nrouters: {}\n';
    const folds = foldingRanges(labText(text)).map(({ startLine, endLine, kind }) => `${startLine}-${endLine} ${kind}`);
    assert.deepEqual(folds, ['0-4 region', '1-4 region', '2-4 region', '5-6 comment']);
  });
});

describe('a lab file that is being typed', function () {
  this.timeout(60_000);

  /** Everything that is asked at a cursor. */
  function askAll(text: string, offset: number): void {
    const lab = labText(text, 'l.neutron.yaml');
    for (const { span } of completionsAt(lab, offset)) {
      assert.ok(span.start <= offset && offset <= span.end && span.end <= text.length);
      assert.ok(!text.slice(span.start, span.end).includes('\n'));
    }
    hoverAt(lab, offset);
    definitionAt(lab, offset);
    referencesAt(lab, offset);
    try {
      prepareRenameAt(lab, offset);
    } catch (error) {
      assert.ok(error instanceof LabError);
    }
  }

  function askOnce(text: string): void {
    const lab = labText(text, 'l.neutron.yaml');
    symbolsOf(lab);
    foldingRanges(lab);
    for (const problem of lab.read().problems.slice(0, 5)) quickFixesFor(lab, problem);
  }

  for (const [name, text] of Object.entries({ HA, LONG })) {
    it(`is helped with at every place of it as it grows (${name})`, () => {
      for (let length = 0; length <= text.length; length += 7) askAll(text.slice(0, length), length);
      askOnce(text);
    });
  }

  it('is helped with whatever was cut out of it, put into it or left open', () => {
    const part = fc.tuple(
      fc.nat(),
      fc.nat(40),
      fc.constantFrom(
        '',
        '[',
        '{',
        '"',
        "'",
        ': ',
        '- ',
        '\n',
        '\t',
        '&a ',
        '*a',
        '|',
        '? ',
        '\r\n',
        '\uE000',
        '__proto__: ',
      ),
    );
    fc.assert(
      fc.property(
        fc.constantFrom(HA, DUAL, LONG, LAB),
        fc.array(part, { minLength: 1, maxLength: 4 }),
        fc.nat(),
        (whole, parts, where) => {
          const text = parts.reduce((sum, [at, length, put]) => {
            const start = at % (sum.length + 1);
            return sum.slice(0, start) + put + sum.slice(start + length);
          }, whole);
          askAll(text, where % (text.length + 1));
          askOnce(text);
        },
      ),
      { numRuns: 80 },
    );
  });

  it('is not looked into when it is one that nobody could read', () => {
    for (const text of ['['.repeat(100_000), '- '.repeat(100_000), '{a: '.repeat(50_000), 'x'.repeat(600_000)])
      askAll(text, text.length);
  });
});
