/** A lab file as entries that were validated one by one, so that a mistake in one hides none in another. */
import type { z } from 'zod';
import type { Config } from '../resources.js';
import { nameLike, renamed } from './fix.js';
import { reportIssues, valueAt } from './issues.js';
import type { Path, ProblemList } from './problems.js';
import * as schema from './schema.js';
import { configSchema, DEFAULT_CONFIG, releaseNamed } from './schema-config.js';
import { type ExpectFile, type ScenarioFile, expectSchema, scenarioSchema } from './schema-scenario.js';
import { projectId } from './schema-text.js';
import { nameProblem, show } from './text.js';

/** A resource of the file. `file` is null when so much of it was wrong that nothing can be said about it. */
export interface Entry<T> {
  readonly name: string;
  readonly path: Path;
  readonly file: T | null;
  /** Something in it was wrong and was left out: what depends on it is not judged. */
  readonly partial: boolean;
}

export interface NetworkEntry extends Entry<schema.NetworkFile> {
  readonly subnets: readonly Entry<schema.SubnetFile>[];
}

export interface Sections {
  readonly lab: string | null;
  readonly projectId: string | null;
  readonly nodes: readonly Entry<NonNullable<schema.NodeFile>>[] | null;
  readonly networks: readonly NetworkEntry[];
  /** By the id of their project. */
  readonly haNetworks: readonly Entry<schema.HaNetworkFile>[];
  readonly routers: readonly Entry<schema.RouterFile>[];
  readonly ports: readonly Entry<schema.PortFile>[];
  readonly instances: readonly Entry<schema.InstanceFile>[];
  readonly floatingIps: readonly Entry<schema.FloatingIpFile>[];
  readonly securityGroups: readonly Entry<schema.SecurityGroupFile>[];
  readonly config: Config;
  readonly scenario: Entry<ScenarioFile> | null;
  readonly expect: Entry<ExpectFile> | null;
}

type Values = Readonly<Record<string, unknown>>;

export function readSections(root: unknown, problems: ProblemList): Sections {
  const top = isMap(root) ? root : {};
  if (!isMap(root)) {
    problems.error({
      path: [],
      code: 'InvalidInput',
      message: 'A lab file is a map of sections.',
      remedy: 'Start with `lab: my-lab` and `networks:`.',
    });
  }
  const reader = new SectionReader(problems);
  const known = new Set(Object.keys(schema.labFileSchema.shape));
  const unknown = Object.keys(top).filter((key) => !known.has(key));
  reportIssues(
    problems,
    [],
    top,
    unknown.length === 0 ? [] : [{ code: 'unrecognized_keys', keys: unknown, path: [], message: '' }],
    () => [...known],
  );
  if (top.lab !== undefined && typeof top.lab !== 'string') {
    problems.error({
      path: ['lab'],
      code: 'InvalidInput',
      message: 'The name of the lab must be text.',
      remedy: 'Write it as `lab: my-lab`, a number in quotes.',
    });
  }
  const config = reader.entry(configSchema, '', ['config'], top.config ?? {});
  return {
    lab: typeof top.lab === 'string' ? top.lab : null,
    projectId: reader.entry(projectId.optional(), '', ['project_id'], top.project_id).file,
    nodes: top.nodes === undefined || top.nodes === null ? null : reader.map(schema.nodeSchema, ['nodes'], top.nodes),
    networks: reader.networks(top.networks),
    haNetworks: reader.map(schema.haNetworkSchema, ['ha_networks'], top.ha_networks),
    routers: reader.map(schema.routerSchema, ['routers'], top.routers),
    ports: reader.map(schema.portSchema, ['ports'], top.ports),
    instances: reader.map(schema.instanceSchema, ['instances'], top.instances),
    floatingIps: Array.isArray(top.floating_ips)
      ? top.floating_ips.map((value: unknown, index) =>
          reader.entry(schema.floatingIpSchema, '', ['floating_ips', index], value),
        )
      : reader.map(schema.floatingIpSchema, ['floating_ips'], top.floating_ips),
    securityGroups: reader.map(schema.securityGroupSchema, ['security_groups'], top.security_groups),
    config: {
      ...DEFAULT_CONFIG,
      ...withoutUndefined(config.file ?? {}),
      release: releaseNamed(config.file?.release),
    },
    scenario: isSaid(top.scenario) ? reader.entry(scenarioSchema, '', ['scenario'], top.scenario) : null,
    expect: isSaid(top.expect) ? reader.entry(expectSchema, '', ['expect'], top.expect) : null,
  };
}

function isSaid(value: unknown): boolean {
  return value !== undefined && value !== null;
}

class SectionReader {
  constructor(private readonly problems: ProblemList) {}

  /** The entries of a section that is a map from names to resources. */
  map<T>(type: z.ZodType<T>, path: Path, section: unknown): Entry<NonNullable<T>>[] {
    if (section === undefined || section === null) return [];
    if (!isMap(section)) {
      this.problems.error({
        path,
        code: 'InvalidInput',
        message: `'${String(path.at(-1))}' must be a map.`,
        remedy: 'Write it as `name: { … }`, one line for each.',
      });
      return [];
    }
    return Object.entries(section).map(([name, value]) => {
      this.checkName([...path, name], name, 'key');
      // A resource of which nothing is said is one with all its defaults.
      return this.entry(type, name, [...path, name], value ?? {});
    });
  }

  networks(section: unknown): NetworkEntry[] {
    const subnets = new Map<string, unknown>();
    let bare = section;
    if (isMap(section)) {
      // Subnets are validated by themselves, so the rest of a network is looked at without them.
      bare = Object.fromEntries(
        Object.entries(section).map(([name, value]) => {
          if (!isMap(value)) return [name, value];
          const { subnets: inner, ...rest } = value;
          subnets.set(name, inner);
          return [name, rest];
        }),
      );
    }
    return this.map(schema.networkSchema, ['networks'], bare).map((network) => ({
      ...network,
      subnets: this.subnets([...network.path, 'subnets'], subnets.get(network.name)),
    }));
  }

  /** One resource; what is wrong is reported and left out. */
  entry<T>(type: z.ZodType<T>, name: string, path: Path, value: unknown): Entry<NonNullable<T>> {
    const result = type.safeParse(value);
    if (result.success) return { name, path, file: result.data ?? null, partial: false };
    reportIssues(this.problems, path, value, result.error.issues, (at) => knownKeys(type, at, value));
    return { name, path, file: withoutWrong(type, value, result.error.issues), partial: true };
  }

  private subnets(path: Path, section: unknown): Entry<schema.SubnetFile>[] {
    if (!Array.isArray(section)) return this.map(schema.subnetSchema, path, section);
    const names = new Set<string>();
    return section.flatMap((value: unknown, index): Entry<schema.SubnetFile>[] => {
      const given = isMap(value) ? value.name : undefined;
      const name = typeof given === 'string' ? given : '';
      if (name !== '') this.checkName([...path, index, 'name'], name, 'value');
      if (name !== '' && names.has(name)) {
        const message = `Two subnets of this network have the name ${show(name)}.`;
        this.problems.error({
          path: [...path, index, 'name'],
          code: 'DuplicateName',
          message,
          remedy: 'Give each one its own name.',
        });
        return [];
      }
      names.add(name);
      return [this.entry(schema.subnetSchema, name, [...path, index], value)];
    });
  }

  private checkName(path: Path, name: string, place: 'key' | 'value'): void {
    const problem = nameProblem(name);
    if (problem === null) return;
    this.problems.error({
      path,
      place,
      code: 'InvalidName',
      message: `The name ${show(name)} ${problem}.`,
      remedy: 'Take up to 255 printable characters without $( ${ and backquotes.',
      fixes: place === 'key' ? renamed(path, nameLike(name)) : [],
    });
  }
}

/** Attributes that a schema knows at a path, looked up through its wrappers. */
export function knownKeys(type: z.ZodType, path: Path, value: unknown): readonly string[] {
  return keysAt(type as unknown as SchemaNode, path, value, 0);
}

interface SchemaNode {
  readonly def: {
    readonly innerType?: SchemaNode;
    readonly shape?: Readonly<Record<string, SchemaNode>>;
    readonly element?: SchemaNode;
    readonly options?: readonly SchemaNode[];
  };
}

function keysAt(type: SchemaNode, path: Path, value: unknown, depth: number): readonly string[] {
  const { innerType, shape, element, options } = type.def;
  if (innerType !== undefined) return keysAt(innerType, path, value, depth);
  if (options !== undefined) return options.flatMap((option) => keysAt(option, path, value, depth));
  const step = path[depth];
  if (shape !== undefined) {
    if (step === undefined) return Object.keys(shape);
    const inner = shape[String(step)];
    return inner === undefined ? [] : keysAt(inner, path, valueAt(value, [step]), depth + 1);
  }
  return element !== undefined && step !== undefined ? keysAt(element, path, value, depth + 1) : [];
}

export function isMap(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * What remains of a resource without its wrong attributes; of an attribute that is a list, without its wrong items, so
 * that each list keeps its other items at their places (`present` walks over them).
 */
function withoutWrong<T>(
  type: z.ZodType<T>,
  value: unknown,
  issues: readonly z.core.$ZodIssue[],
): NonNullable<T> | null {
  if (!isMap(value)) return null;
  const rest: Record<string, unknown> = { ...value };
  const holes = new Map<string, Set<number>>();
  for (const issue of issues) {
    const [key, index] = issue.path;
    if (issue.code === 'unrecognized_keys' && key === undefined)
      for (const unknown of issue.keys) Reflect.deleteProperty(rest, unknown);
    else if (typeof index === 'number') holes.set(String(key), (holes.get(String(key)) ?? new Set()).add(index));
    else Reflect.deleteProperty(rest, String(key));
  }
  for (const [key, wrong] of holes) {
    const list = rest[key];
    if (Array.isArray(list)) rest[key] = list.filter((_, index) => !wrong.has(index));
  }
  const file = type.safeParse(rest).data ?? null;
  for (const [key, wrong] of holes) {
    const list = (file as Values | null)?.[key];
    if (Array.isArray(list)) for (const index of [...wrong].sort((a, b) => a - b)) insertHole(list, index);
  }
  return file;
}

function insertHole(list: unknown[], index: number): void {
  list.splice(index, 0, null);
  Reflect.deleteProperty(list, index);
}

function withoutUndefined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
