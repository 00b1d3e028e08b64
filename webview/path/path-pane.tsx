/** Two ends, and every hop between them. */
import * as l10n from '@vscode/l10n';
import { useEffect } from 'react';
import type { Hop } from '../../src/lab/path/hop.js';
import { type End, type PathState, store, usePicture } from '../store.js';
import { endsOf } from './ends.js';
import { askAgainSoon, choosePath, usePath, useWays } from './follow.js';
import { hopDetail, hopTitle } from './hop-words.js';
import { type Way, changedHops, endsOnTheWay, nodesOn } from './ways.js';

export function PathPane() {
  const path = usePath();
  const { shown, other } = useWays(path);
  const picture = usePicture();
  useEffect(askAgainSoon, [picture]);
  if (path === null || picture === null) return null;
  const ends = endsOf(picture);
  const hops = shown?.hops ?? [];
  const changed = shown === null ? new Set<Hop>() : changedHops(shown, other);
  return (
    <aside className="path-pane" aria-label={l10n.t('The way of a packet')}>
      <div className="path-ends">
        <Choice
          label={l10n.t('From')}
          ends={ends.filter(unique)}
          chosen={path.from}
          choose={(end) => {
            choosePath(end, path.to);
          }}
        />
        <Choice
          label={l10n.t('To')}
          ends={ends}
          chosen={path.to}
          choose={(end) => {
            choosePath(path.from, end);
          }}
        />
        <button
          type="button"
          className="more"
          aria-label={l10n.t('Close the path')}
          onClick={() => {
            store.set({ path: null });
          }}
        >
          ✕
        </button>
      </div>
      {path.ways.length > 1 ? <Ways path={path} shown={shown} /> : null}
      <ol className="hops">
        {hops.map((hop, nth) => (
          <HopItem key={`${nth} ${hop.kind}`} hop={hop} before={hops[nth - 1]} changed={changed.has(hop)} />
        ))}
      </ol>
      {other === null ? null : <p className="quiet">{legend(path, other)}</p>}
    </aside>
  );
}

/** An instance is one place, by whatever address it is reached. */
function unique(end: End, nth: number, all: readonly End[]): boolean {
  return all.findIndex(({ node, namespace }) => node === end.node && namespace === end.namespace) === nth;
}

interface WaysProps {
  readonly path: PathState;
  readonly shown: Way | null;
}

/** The ways that it took since one looks, to be looked at again. */
function Ways({ path, shown }: WaysProps) {
  const last = path.ways.at(-1);
  return (
    <div className="ways" role="group" aria-label={l10n.t('The ways that it took')}>
      {path.ways.map((way) => (
        <button
          key={way.wall}
          type="button"
          aria-pressed={way === shown}
          onClick={() => {
            store.set({ path: { ...path, chosen: way === last ? null : way.wall } });
          }}
        >
          <span className="quiet">{way === last ? l10n.t('now') : new Date(way.wall).toLocaleTimeString()}</span>{' '}
          <span className={endsOnTheWay(way) ? 'trouble' : ''}>{wayWords(way)}</span>
        </button>
      ))}
    </div>
  );
}

function wayWords(way: Way): string {
  const nodes = nodesOn(way);
  return endsOnTheWay(way) ? l10n.t('ends on {0}', nodes.at(-1) ?? '') : nodes.join(' → ');
}

function legend({ ways }: PathState, other: Way): string {
  return other === ways.at(-1)
    ? l10n.t('Marked: what is no longer so. Dashed: the way of now.')
    : l10n.t('Marked: what was otherwise before. Dashed: the way before.');
}

interface HopProps {
  readonly hop: Hop;
  readonly before: Hop | undefined;
  /** The way that it is compared with has it not. */
  readonly changed: boolean;
}

function HopItem({ hop, before, changed }: HopProps) {
  const elsewhere = before?.node !== hop.node || before.namespace !== hop.namespace;
  const detail = hopDetail(hop);
  const tone = hop.kind === 'ends' ? 'trouble' : hop.kind === 'arrived' ? 'good' : '';
  return (
    <li className={changed ? 'changed' : ''}>
      {changed ? <span className="spoken">{l10n.t('changed:')}</span> : null}
      {elsewhere ? (
        <div className="hop-place">
          {hop.node} <span className="mono quiet">{hop.namespace.slice(0, 24)}</span>
        </div>
      ) : null}
      <div className={`mono ${tone}`}>{hopTitle(hop)}</div>
      {detail === '' ? null : <div className="mono quiet hop-detail">{detail}</div>}
    </li>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly ends: readonly End[];
  readonly chosen: End | null;
  readonly choose: (end: End | null) => void;
}

function Choice({ label, ends, chosen, choose }: ChoiceProps) {
  return (
    <label>
      <span className="quiet">{label}</span>
      <select
        value={chosen?.label ?? ''}
        onChange={({ target }) => {
          choose(ends.find((end) => end.label === target.value) ?? null);
        }}
      >
        <option value="">…</option>
        {ends.map((end) => (
          <option key={end.label}>{end.label}</option>
        ))}
      </select>
    </label>
  );
}
