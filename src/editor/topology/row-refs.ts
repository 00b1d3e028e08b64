/** Which row of the tree stands for which thing of the picture: by it, the menus of both are the same. Pure. */
import { keyOf } from '../../picture/keys.js';
import type { RowRef } from '../../picture/messages.js';
import { contextValue } from '../manifest/context-values.js';
import type { About, Row } from '../tree/row.js';

/** By the keys of what is drawn. Where a thing has several rows, the one that says most of it comes first in the tree. */
export function rowRefs(lab: Row): Record<string, RowRef> {
  const refs: Record<string, RowRef> = {};
  const take = (row: Row): void => {
    const key = pageKey(row.about);
    if (key !== null) refs[key] ??= { id: row.id, context: contextValue(row.about.kind, row.flags) };
    for (const child of row.children?.() ?? []) take(child);
  };
  take(lab);
  for (const row of allRows(lab)) {
    const { kind, node, namespace } = row.about;
    if (kind !== 'instance' || node === undefined || namespace === undefined) continue;
    refs[keyOf.box(node, namespace)] = { id: row.id, context: contextValue(kind, row.flags) };
  }
  return refs;
}

/** Itself or one below it; null where there is none. */
export function rowWithin(lab: Row, id: string): Row | null {
  return allRows(lab).find((row) => row.id === id) ?? null;
}

function allRows(row: Row): Row[] {
  return [row, ...(row.children?.() ?? []).flatMap(allRows)];
}

/** Null for a row that is not drawn: a heading, a rule of a security group. */
function pageKey({ kind, id, name, node, namespace }: About): string | null {
  switch (kind) {
    case 'lab':
      return keyOf.lab();
    case 'network':
      return keyOf.network(id);
    case 'subnet':
      return keyOf.subnet(id);
    case 'router':
      return keyOf.router(id);
    case 'instance':
      return keyOf.instance(id);
    case 'floatingIp':
      return keyOf.floating(id);
    case 'node':
      return keyOf.node(name);
    case 'agent':
      return node === undefined ? null : keyOf.agent(node, name);
    case 'interface':
    case 'gateway':
    case 'port':
      return keyOf.port(id);
    case 'replica':
    case 'namespace':
      return node !== undefined && namespace !== undefined ? keyOf.box(node, namespace) : null;
    default:
      return null;
  }
}
