/** What the page is told. */
import * as vscode from 'vscode';
import { drawPicture } from '../../picture/draw.js';
import { keyOf } from '../../picture/keys.js';
import type { Positions, RowRef, Snapshot } from '../../picture/messages.js';
import { contextValue } from '../manifest/context-values.js';
import type { About, Row } from '../tree/row.js';
import type { TopologyHost } from './panels.js';

/** So many problems of a file are shown. */
const SHOWN = 8;

export function snapshotOf(host: TopologyHost, key: string, positions: Positions, revision: number): Snapshot {
  const base = { type: 'snapshot', revision, positions, trusted: vscode.workspace.isTrusted } as const;
  const { labs } = host;
  const entry = labs.get(key);
  const row = host.rowsOf(key);
  if (!entry || !row) {
    return { ...base, picture: null, notice: { kind: 'gone', problems: [] }, rows: {}, work: null };
  }
  const declared = labs.declared(entry);
  const { live } = entry;
  const drawn = declared?.lab ?? live?.lab ?? null;
  const work = entry.work?.progress ?? null;
  const rows = rowRefs(row);
  const problems = (declared?.problems ?? [])
    .filter(({ severity }) => severity === 'error')
    .slice(0, SHOWN)
    .map(({ message, line }) => ({ message, line }));
  if (drawn === null) {
    const kind = problems.length > 0 ? 'invalid' : 'empty';
    return { ...base, picture: null, notice: { kind, problems }, rows, work };
  }
  const bare = drawn.networks.length + drawn.routers.length + drawn.instances.length === 0;
  const notice = bare ? ({ kind: 'empty', problems } as const) : null;
  if (bare && live === null && drawn.nodes.length === 0) return { ...base, picture: null, notice, rows, work };
  const running = live ? { lab: live.lab, status: live.status, seen: live.seen } : null;
  const picture = drawPicture(drawn, running, entry.uri !== null);
  return { ...base, picture, notice, rows, work };
}

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
    case 'router':
      return keyOf.router(id);
    case 'instance':
      return keyOf.instance(id);
    case 'floatingIp':
      return keyOf.floating(id);
    case 'node':
      return keyOf.node(name);
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
