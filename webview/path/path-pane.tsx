/** Two ends, and every hop between them. */
import * as l10n from '@vscode/l10n';
import { useEffect } from 'react';
import type { Hop } from '../../src/lab/path/hop.js';
import { type End, store, usePicture, useStore } from '../store.js';
import { endsOf } from './ends.js';
import { askAgainSoon, choosePath } from './follow.js';
import { hopDetail, hopTitle } from './hop-words.js';

export function PathPane() {
  const path = useStore((state) => state.path);
  const picture = usePicture();
  useEffect(askAgainSoon, [picture]);
  if (path === null || picture === null) return null;
  const ends = endsOf(picture);
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
      <ol className="hops">
        {path.hops.map((hop, nth) => (
          <HopItem key={`${nth} ${hop.kind}`} hop={hop} before={path.hops[nth - 1]} />
        ))}
      </ol>
      {path.before.length > 0 ? <p className="quiet">{l10n.t('Dashed: the way before.')}</p> : null}
    </aside>
  );
}

/** An instance is one place, by whatever address it is reached. */
function unique(end: End, nth: number, all: readonly End[]): boolean {
  return all.findIndex(({ node, namespace }) => node === end.node && namespace === end.namespace) === nth;
}

function HopItem({ hop, before }: { readonly hop: Hop; readonly before: Hop | undefined }) {
  const elsewhere = before?.node !== hop.node || before.namespace !== hop.namespace;
  const detail = hopDetail(hop);
  const tone = hop.kind === 'ends' ? 'trouble' : hop.kind === 'arrived' ? 'good' : '';
  return (
    <li>
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
