/** JSON documents in, records of each kind out: told apart by what they hold, those of one id put together. */
import { isMap } from '../lab-file/sections.js';
import { show } from '../lab-file/text.js';
import { kindOf, MAPS, WRAPPERS, type Kind, type MapName } from './kinds.js';
import type { NoteList } from './notes.js';
import { asApiRecord, columnKey } from './openstack-columns.js';

type Values = Readonly<Record<string, unknown>>;

export interface ImportFile {
  /** As a person calls it. */
  readonly name: string;
  readonly text: string;
}

/** A record with the names and values of the API, not validated yet. */
export interface Gathered {
  readonly file: string;
  readonly kind: Kind;
  readonly values: Record<string, unknown>;
}

export interface AgentList {
  readonly file: string;
  readonly agents: readonly Values[];
}

export interface GatheredCloud {
  readonly records: readonly Gathered[];
  readonly maps: Readonly<Record<MapName, readonly { readonly file: string; readonly value: unknown }[]>>;
  /** Lists of agents: what they host is told by the command that printed them, not by themselves. */
  readonly agentLists: readonly AgentList[];
}

/** An envelope around an answer, as tools that record an API write it. */
const ENVELOPES: readonly string[] = ['response', 'body'];
/** Parts of an envelope or a list that say nothing about a cloud. */
const SILENT: ReadonlySet<string> = new Set([
  'request',
  'status',
  'reason',
  'headers',
  'name',
  'ms',
  'networks_links',
  'subnets_links',
  'ports_links',
  'routers_links',
  'floatingips_links',
  'security_groups_links',
  'count',
]);

/** What is another at each moment, and nothing to a lab. */
const CHANGING: ReadonlySet<string> = new Set([
  'status',
  'updated_at',
  'revision_number',
  'alive',
  'heartbeat_timestamp',
]);

export class Gatherer {
  readonly #records = new Map<string, Gathered>();
  readonly #maps: Record<MapName, { file: string; value: unknown }[]> = {
    router_l3_agents: [],
    network_dhcp_agents: [],
    ha_vr_ids: [],
  };
  readonly #agentLists: AgentList[] = [];
  #anonymous = 0;

  constructor(private readonly notes: NoteList) {}

  add(file: string, document: unknown): void {
    if (Array.isArray(document)) this.list(file, document);
    else if (isMap(document)) this.object(file, document);
    else this.unread(file, 'the document is neither a list nor a map');
  }

  result(): GatheredCloud {
    return { records: [...this.#records.values()], maps: this.#maps, agentLists: this.#agentLists };
  }

  private object(file: string, document: Values): void {
    const keys = Object.keys(document);
    for (const envelope of ENVELOPES) {
      const inner = document[envelope];
      if ((isMap(inner) || Array.isArray(inner)) && keys.every((key) => key === envelope || SILENT.has(key))) {
        this.add(file, inner);
        return;
      }
    }
    // A single network has `subnets` too, and a port `security_groups`.
    const record = lowered(document);
    const wrapped = !Object.hasOwn(record, 'id') && keys.some((key) => this.isWrapper(key, document[key]));
    if (!wrapped && kindOf(record) !== null) {
      this.list(file, [document]);
      return;
    }
    if (keys.length === 0) this.unread(file, 'the document is empty');
    else if (!wrapped && !keys.some((key) => WRAPPERS.has(key))) {
      this.unread(file, `a lab has nothing for ${show(keys.slice(0, 8).join(', '))}`);
      return;
    }
    for (const [key, value] of Object.entries(document)) this.part(file, key, value);
  }

  private isWrapper(key: string, value: unknown): boolean {
    return (WRAPPERS.has(key) || MAPS.some((map) => map === key)) && typeof value === 'object';
  }

  private part(file: string, key: string, value: unknown): void {
    const kind = WRAPPERS.get(key);
    const map = MAPS.find((name) => name === key);
    if (kind !== undefined && Array.isArray(value)) this.list(file, value, kind);
    else if (kind !== undefined && isMap(value) && Object.values(value).every(isMap))
      this.unread(file, `${show(key)} is no answer of Neutron: its resources are not a list`);
    else if (kind !== undefined && isMap(value)) this.list(file, [value], kind);
    else if (map !== undefined && isMap(value)) this.#maps[map].push({ file, value });
    else if (!SILENT.has(key) && !isNothing(value)) this.unread(file, `a lab has nothing for ${show(key)}`);
  }

  private list(file: string, list: readonly unknown[], wrapper?: Kind): void {
    const agents: Values[] = [];
    for (const wrapped of list) {
      if (!isMap(wrapped)) {
        this.unread(file, 'a list holds something that is no resource');
        continue;
      }
      const { item, named } = unwrapped(wrapped);
      const record = lowered(item);
      const kind = wrapper ?? named ?? kindOf(record);
      if (kind === null) {
        const known = Object.keys(item).slice(0, 8).join(', ');
        this.unread(file, `these are not resources that a lab has: ${show(known)}`);
        continue;
      }
      const values = asApiRecord(kind, record);
      if (kind === 'agent') agents.push(values);
      this.keep({ file, kind, values });
    }
    if (agents.length > 0) this.#agentLists.push({ file, agents });
  }

  /** A list tells less than what is shown of a single one: of two with one id each attribute is kept. */
  private keep(record: Gathered): void {
    const { id } = record.values;
    const key = typeof id === 'string' ? `${record.kind} ${id}` : `#${String(this.#anonymous++)}`;
    const before = this.#records.get(key);
    const told = Object.entries(record.values).filter(([, value]) => value !== null);
    if (before !== undefined) this.compare(before, told);
    this.#records.set(
      key,
      before === undefined ? record : { ...before, values: { ...before.values, ...Object.fromEntries(told) } },
    );
  }

  /** Answers of two moments may say two things. */
  private compare({ kind, values }: Gathered, told: readonly (readonly [string, unknown])[]): void {
    for (const [key, value] of told) {
      const before = values[key] ?? null;
      if (before === null || CHANGING.has(key) || !isScalar(before) || !isScalar(value) || before === value) continue;
      const resource = { kind, id: String(values.id), name: typeof value === 'string' && key === 'name' ? value : '' };
      this.notes.add(
        'Assumed',
        `${show(key)} was given as ${show(before)} and as ${show(value)}; it is the last one.`,
        resource,
      );
    }
  }

  private unread(file: string, why: string): void {
    this.notes.add('NotRead', `${why}.`, { kind: 'file', id: file, name: '' });
  }
}

/** Answers about single resources, collected into one list: `[{"subnet": { … }}]`. */
function unwrapped(item: Values): { readonly item: Values; readonly named?: Kind } {
  const [[key, inner] = ['', null], ...others] = Object.entries(item);
  const named = WRAPPERS.get(key);
  return others.length === 0 && named !== undefined && isMap(inner) ? { item: inner, named } : { item };
}

function lowered(record: Values): Values {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [columnKey(key), value]));
}

function isScalar(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

function isNothing(value: unknown): boolean {
  return value === null || (typeof value === 'object' && Object.keys(value).length === 0);
}
