/** The outline of a lab file: its sections, their resources, and what those are made of. */
import type { LabText } from './lab-text.js';
import { textAttribute, type NameKind } from './names.js';
import type { Span, SyntaxNode } from './syntax.js';

export interface OutlineSymbol extends Span {
  readonly name: string;
  /** In a few words, beside the name: `192.168.10.0/24`, `HA`. */
  readonly detail: string;
  readonly kind: 'section' | 'option' | 'interface' | 'gateway' | 'route' | 'rule' | NameKind;
  /** The name alone. */
  readonly selection: Span;
  readonly children: readonly OutlineSymbol[];
}

const RESOURCES: Readonly<Record<string, NameKind>> = {
  nodes: 'node',
  networks: 'network',
  routers: 'router',
  ports: 'port',
  instances: 'instance',
  floating_ips: 'floatingip',
  security_groups: 'security_group',
};

/** More than this of one list is not looked through in an outline. */
const MOST_ITEMS = 1000;

export function symbolsOf(lab: LabText): OutlineSymbol[] {
  const root = lab.syntax();
  return root?.kind === 'map'
    ? root.entries.map(({ key, value, start, end }) => ({
        name: key.text,
        detail: value?.kind === 'text' ? value.text : '',
        kind: 'section',
        start,
        end,
        selection: key,
        children: childrenOf(key.text, value),
      }))
    : [];
}

function childrenOf(section: string, value: SyntaxNode | null): OutlineSymbol[] {
  const kind = Object.hasOwn(RESOURCES, section) ? RESOURCES[section] : undefined;
  if (kind !== undefined) return resources(value, kind);
  return section === 'config' ? entries(value, 'option', () => []) : [];
}

function resources(value: SyntaxNode | null, kind: NameKind): OutlineSymbol[] {
  return entries(value, kind, (inner) => partsOf(kind, inner));
}

function partsOf(kind: NameKind, value: SyntaxNode | null): OutlineSymbol[] {
  if (value?.kind !== 'map') return [];
  const part = (name: string): SyntaxNode | null => value.entries.find(({ key }) => key.text === name)?.value ?? null;
  if (kind === 'network') return entries(part('subnets'), 'subnet', () => []);
  if (kind === 'security_group') return entries(part('rules'), 'rule', () => []);
  if (kind !== 'router') return [];
  const gateway = value.entries.find(({ key, value: info }) => key.text === 'external_gateway_info' && info !== null);
  const way: OutlineSymbol[] =
    gateway === undefined
      ? []
      : [
          {
            ...spanOf(gateway),
            name: textAttribute(gateway.value, 'network') ?? '',
            detail: 'gateway',
            kind: 'gateway',
            selection: gateway.key,
            children: [],
          },
        ];
  return [...way, ...entries(part('interfaces'), 'interface', () => []), ...entries(part('routes'), 'route', () => [])];
}

/** Of a map by their keys, of a list by what stands for a name. */
function entries(
  value: SyntaxNode | null,
  kind: OutlineSymbol['kind'],
  children: (value: SyntaxNode | null) => OutlineSymbol[],
): OutlineSymbol[] {
  if (value?.kind === 'map')
    return value.entries.slice(0, MOST_ITEMS).map((entry) => ({
      ...spanOf(entry),
      name: entry.key.text,
      detail: detailOf(kind, entry.value),
      kind,
      selection: entry.key,
      children: children(entry.value),
    }));
  if (value?.kind !== 'list') return [];
  return value.items.slice(0, MOST_ITEMS).map((item) => ({
    ...spanOf(item),
    name: nameOf(kind, item),
    detail: item.kind === 'text' ? '' : detailOf(kind, item),
    kind,
    selection: item.kind === 'map' ? (item.entries[0]?.key ?? spanOf(item)) : spanOf(item),
    children: children(item),
  }));
}

const NAMING: readonly string[] = [
  'name',
  'subnet',
  'subnet_id',
  'port',
  'instance',
  'destination',
  'direction',
  'network',
];

function nameOf(kind: OutlineSymbol['kind'], item: SyntaxNode): string {
  if (item.kind === 'text') return item.text;
  const address = kind === 'floatingip' ? textAttribute(item, 'floating_ip_address') : null;
  for (const attribute of NAMING) {
    const text = address ?? textAttribute(item, attribute);
    if (text !== null) return text;
  }
  return kind;
}

function detailOf(kind: OutlineSymbol['kind'], value: SyntaxNode | null): string {
  if (value?.kind === 'text') return value.text;
  const text = (name: string): string => textAttribute(value, name) ?? '';
  if (kind === 'subnet') return text('cidr');
  if (kind === 'network') return text('router:external') === 'true' ? 'external' : '';
  if (kind === 'router') return text('ha') === 'true' ? 'HA' : '';
  if (kind === 'instance') return text('node');
  if (kind === 'floatingip') return text('instance') || text('port');
  if (kind === 'route') return text('nexthop') === '' ? '' : `via ${text('nexthop')}`;
  return kind === 'rule' ? [text('protocol'), text('port_range_min')].filter((one) => one !== '').join(' ') : '';
}

function spanOf({ start, end }: Span): Span {
  return { start, end };
}
