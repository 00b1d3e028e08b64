/** Heat templates and Terraform, read by parsers that are not ours: known words only, and every reference leads somewhere. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import hcl from 'hcl2-parser';
import { parse } from 'yaml';
import { exportLab } from '../../../../src/model/export/export-lab.js';
import type { Role } from '../../../../src/model/export/topology.js';
import type { Lab } from '../../../../src/model/resources.js';
import { labOfFile } from '../../../support/exported.js';

type Json = string | number | boolean | null | readonly Json[] | JsonMap;
interface JsonMap {
  readonly [key: string]: Json;
}

const EVERYTHING = 'test/data/export/everything.neutron.yaml';
const FILES = [
  EVERYTHING,
  ...['ha-router', 'legacy-router', 'dual-stack'].map((lab) => `labs/${lab}/${lab}.neutron.yaml`),
];
const ROLES: readonly Role[] = ['admin', 'member'];

/** As Heat 19's own schemata say (heat.engine.resources.openstack), and the provider's documentation. */
const HEAT = JSON.parse(readFileSync('test/data/export/heat-properties.json', 'utf8')) as JsonMap;
const TERRAFORM = JSON.parse(readFileSync('test/data/export/terraform-arguments.json', 'utf8')) as JsonMap;

const isMap = (value: Json | undefined): value is JsonMap =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Words of a value that its schema does not have. */
function unknownWords(value: Json, schema: Json | undefined, path: string): string[] {
  if (schema === undefined) return [path];
  const [item] = Array.isArray(schema) ? (schema as Json[]) : [schema];
  if (Array.isArray(value)) return (value as Json[]).flatMap((one) => unknownWords(one, item, path));
  if (!isMap(value) || !isMap(item)) return [];
  return Object.entries(value).flatMap(([key, inner]) => unknownWords(inner, item[key], `${path}.${key}`));
}

function findAll(value: Json | undefined, key: string): Json[] {
  if (Array.isArray(value)) return (value as Json[]).flatMap((one) => findAll(one, key));
  if (!isMap(value)) return [];
  return Object.entries(value).flatMap(([name, inner]) => (name === key ? [inner] : findAll(inner, key)));
}

interface HeatTemplate {
  readonly heat_template_version: string;
  readonly parameters?: JsonMap;
  readonly resources: Readonly<
    Record<string, { readonly type: string; readonly properties: JsonMap; readonly depends_on?: string[] }>
  >;
  readonly outputs?: JsonMap;
}

describe('export heat', () => {
  const template = (lab: Lab, role: Role): HeatTemplate =>
    parse(exportLab(lab, 'heat', { role, servers: true })) as HeatTemplate;

  for (const file of FILES) {
    for (const role of ROLES) {
      it(`${file} for ${role}: types and properties that Heat has, references that resolve`, () => {
        const { resources, parameters = {}, outputs } = template(labOfFile(file), role);
        for (const [name, { type, properties, depends_on: before = [] }] of Object.entries(resources)) {
          assert.deepEqual(unknownWords(properties, HEAT[type], type), []);
          for (const one of [...before, ...(findAll(properties, 'get_resource') as string[])]) {
            assert.ok(one in resources, `${name} names ${one}`);
          }
          for (const one of findAll(properties, 'get_param') as string[]) assert.ok(one in parameters, one);
        }
        for (const [one] of findAll(outputs, 'get_attr') as string[][])
          assert.ok(one !== undefined && one in resources);
      });
    }
  }

  it('has texts as texts, whatever they look like', () => {
    const lab = labOfFile('labs/ha-router/ha-router.neutron.yaml');
    const names = ['off', '{ get_param: image }', 'a: b\n#c'];
    const renamed: Lab = {
      ...lab,
      networks: lab.networks.map((one, index) => ({ ...one, name: names[index] ?? one.name })),
    };
    const { resources } = template(renamed, 'admin');
    const nets = Object.values(resources).filter(({ type }) => type === 'OS::Neutron::Net');
    assert.deepEqual(
      nets.map(({ properties }) => properties.name),
      names,
    );
  });

  it('says in a comment what Heat cannot', () => {
    const text = exportLab(labOfFile(EVERYTHING), 'heat', { role: 'admin', servers: true });
    assert.match(text, /# Heat has no property for `stateful: false`.*\n.*\n {2}group_silent:/);
    assert.match(text, /# Heat cannot make a group that lets nothing out.*\n {2}group_silent:/);
  });

  it('leaves instances out where they are not wanted, and their ports in', () => {
    const lab = labOfFile(EVERYTHING);
    const { resources, parameters = {} } = parse(
      exportLab(lab, 'heat', { role: 'admin', servers: false }),
    ) as HeatTemplate;
    assert.ok(!Object.values(resources).some(({ type }) => type === 'OS::Nova::Server'));
    assert.ok('port_web1_port' in resources);
    assert.ok(!('image' in parameters));
  });
});

/** HashiCorp's own parser, compiled to JavaScript; it has no types. */
const { parseToObject: parseHcl } = hcl as {
  parseToObject: (text: string) => [Readonly<Record<string, Record<string, Record<string, JsonMap[]>>>>, unknown];
};

describe('export terraform', () => {
  const parsed = (lab: Lab, role: Role): ReturnType<typeof parseHcl>[0] => {
    const [value, error] = parseHcl(exportLab(lab, 'terraform', { role, servers: true }));
    assert.equal(error, null);
    return value;
  };

  for (const file of FILES) {
    for (const role of ROLES) {
      it(`${file} for ${role}: arguments that the provider has, references that resolve`, () => {
        const { resource = {}, data = {}, variable = {}, output = {} } = parsed(labOfFile(file), role);
        const known = new Set([
          ...Object.entries(resource).flatMap(([type, all]) => Object.keys(all).map((label) => `${type}.${label}`)),
          ...Object.entries(data).flatMap(([type, all]) => Object.keys(all).map((label) => `data.${type}.${label}`)),
          ...Object.keys(variable).map((name) => `var.${name}`),
        ]);
        for (const [type, all] of [...Object.entries(resource), ...Object.entries(data)]) {
          for (const [label, blocks] of Object.entries(all)) {
            for (const block of blocks) {
              const { depends_on: before, ...own } = block;
              const kind = { ...(TERRAFORM[type] as JsonMap), ...(label in (data[type] ?? {}) ? { external: 1 } : {}) };
              assert.deepEqual(unknownWords(own, kind, type), []);
              assert.ok(before === undefined || Array.isArray(before));
            }
          }
        }
        const references = JSON.stringify({ resource, data, output }).matchAll(/(?<!\$)\$\{([^}]*)\}/g);
        for (const [, expression = ''] of references) {
          assert.ok(
            [...known].some((one) => expression === one || expression.startsWith(`${one}.`)),
            expression,
          );
        }
      });
    }
  }

  it('has texts as texts: no template of Terraform begins in a name', () => {
    const lab = labOfFile('labs/ha-router/ha-router.neutron.yaml');
    const names = ['${file("/etc/passwd")}', '%{ if true }"\\', 'a\nb'];
    const renamed: Lab = {
      ...lab,
      networks: lab.networks.map((one, index) => ({ ...one, name: names[index] ?? one.name })),
    };
    const nets = Object.values(parsed(renamed, 'admin').resource?.openstack_networking_network_v2 ?? {});
    // The parser gives texts back as they are escaped for a template.
    const plain = nets.flatMap((blocks) => blocks.map(({ name }) => (name as string).replaceAll('$${', '${')));
    assert.deepEqual(plain.sort(), [...names].sort());
  });
});
