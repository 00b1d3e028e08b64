/** What the page is told. */
import * as vscode from 'vscode';
import { drawPicture } from '../../picture/draw.js';
import type { Positions, Snapshot } from '../../picture/messages.js';
import type { TopologyHost } from './panels.js';
import { rowRefs } from './row-refs.js';

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
