import assert from 'node:assert/strict';
import { LabError } from '../../../../src/model/errors.js';
import { readLabFile } from '../../../../src/model/lab-file/read.js';
import { definitionAt, referencesAt } from '../../../../src/model/language/definition.js';
import { prepareRenameAt, renameAt } from '../../../../src/model/language/rename.js';
import { edited, LAB, marked } from './support.js';

const REST = `routers:
  edge: { ha: true, external_gateway_info: { network: public }, interfaces: [blue-v4, { subnet: green-v4 }] }
instances:
  web1: { node: compute1, networks: [blue] }
floating_ips:
  - { network: public, instance: web1 }
`;
const TWO = `lab: l
networks:
  a: { subnets: { v4: { cidr: 10.1.0.0/24 } } }
  b: { subnets: { v4: { cidr: 10.2.0.0/24 }, other: { cidr: 10.3.0.0/24 } } }
routers:
  r: { interfaces: [a/v4, b/v4, other] }
`;
const ID = '5f4dc827-2cc5-4b4b-89ba-b20d265ae7eb';

/** The lines from which texts are taken, with the text. */
function shown(text: string, spans: readonly { start: number; end: number }[]): string[] {
  return spans.map(({ start, end }) => {
    const line = text.slice(0, start).split('\n').length;
    return `${line}: ${text.slice(start, end)}`;
  });
}

describe('names in a lab file', () => {
  const definitions: Readonly<Record<string, [text: string, line: string[]]>> = {
    'the subnet of an interface': [`${LAB}${REST}`.replace('[blue-v4', '[bl|ue-v4'), ['12: blue-v4']],
    'the network of an instance': [`${LAB}${REST}`.replace('[blue]', '[blue|]'), ['10: blue']],
    'the node of an instance': [`${LAB}${REST}`.replace('node: compute1', 'node: |compute1'), ['4: compute1']],
    'the instance of a floating IP': [`${LAB}${REST}`.replace('instance: web1', 'instance: we|b1'), ['19: web1']],
    'a subnet with its network': [TWO.replace('b/v4', 'b|/v4'), ['4: v4']],
    'a name that two have': [TWO.replace('a/v4', 'v|4'), ['3: v4', '4: v4']],
    'an id': [`networks: { a: { id: ${ID} } }\ninstances: { i: { networks: [|${ID}] } }`, ['1: a']],
    'a name below a line that is broken': [
      'networks:\n  a: { subnets: [\ninstances:\n  i: { networks: [|a] }\n',
      ['2: a'],
    ],
    'nothing that is not there': [`${LAB}instances: { i: { networks: [n|one] } }`, []],
  };
  for (const [what, [text, expected]] of Object.entries(definitions)) {
    it(`lead to where they are declared: ${what}`, () => {
      const { lab, offset } = marked(text);
      assert.deepEqual(
        shown(
          lab.text,
          definitionAt(lab, offset).map(({ name }) => name),
        ),
        expected,
      );
    });
  }

  it('are found wherever they are used', () => {
    const { lab, offset } = marked(`${LAB}${REST}`.replace('  public:', '  pub|lic:'));
    assert.deepEqual(shown(lab.text, referencesAt(lab, offset)), ['6: public', '17: public', '21: public']);
  });

  it('are found from one of their uses, the declaration left out if wished', () => {
    const { lab, offset } = marked(TWO.replace('b/v4', '|b/v4'));
    assert.deepEqual(shown(lab.text, referencesAt(lab, offset, { declaration: false })), ['6: b/v4']);
  });

  const renames: Readonly<Record<string, [text: string, name: string, expected: RegExp[]]>> = {
    'at the declaration': [
      `${LAB}${REST}`.replace('  public:', '  |public:'),
      'outside-world',
      [/^ {2}outside-world:/m, /external_gateway_info: \{ network: outside-world \}/, /- \{ network: outside-world,/],
    ],
    'at a use': [
      `${LAB}${REST}`.replace('instance: web1', 'instance: web|1'),
      'shop',
      [/^ {2}shop: /m, /instance: shop/],
    ],
    'of a network that stands before its subnets': [TWO.replace('  a:', '  a|:'), 'c', [/^ {2}c: /m, /\[c\/v4, b\/v4/]],
    'of a subnet that gets the name of another one': [
      TWO.replace('other:', 'other|:'),
      'v5',
      [/v5: \{/, /b\/v4, v5\]/],
    ],
    'to a name that needs quotes': [
      `${LAB}${REST}`.replace('  blue:', '  blue|:'),
      'a, b',
      [/^ {2}['"]a, b['"]:/m, /\[['"]a, b['"]\]/],
    ],
  };
  for (const [what, [text, name, expected]] of Object.entries(renames)) {
    it(`are changed everywhere at once: ${what}`, () => {
      const { lab, offset } = marked(text);
      const after = edited(lab.text, renameAt(lab, offset, name));
      for (const part of expected) assert.match(after, part);
      const errors = readLabFile(after).problems.filter(({ severity }) => severity === 'error');
      assert.deepEqual(errors, []);
    });
  }

  const refused: Readonly<Record<string, [text: string, name: string, message: RegExp]>> = {
    'one that another has': [`${LAB}${REST}`.replace('  blue:', '  |blue:'), 'green', /green/],
    'one that no host can have': [
      `${LAB}${REST}`.replace('  web1:', '  |web1:'),
      'web 1',
      /cannot be the name of a host/,
    ],
    'an empty one': [`${LAB}${REST}`.replace('  blue:', '  |blue:'), '', /empty/],
    'a command': [`${LAB}${REST}`.replace('  blue:', '  |blue:'), '$(reboot)', /command substitution/],
    'that of an attribute': [`${LAB}${REST}`.replace('interfaces', 'inter|faces'), 'x', /no name here/],
  };
  for (const [what, [text, name, message]] of Object.entries(refused)) {
    it(`are refused in the words of the model: ${what}`, () => {
      const { lab, offset } = marked(text);
      assert.throws(
        () => renameAt(lab, offset, name),
        (error) => error instanceof LabError && message.test(error.message) && error.remedy !== '',
      );
    });
  }

  it('say what they are called before they are renamed', () => {
    const { lab, offset } = marked(TWO.replace('b/v4', 'b/v|4'));
    assert.equal(prepareRenameAt(lab, offset).name, 'v4');
  });
});
