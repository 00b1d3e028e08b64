/** The last failover in figures: what was measured, what theory says, and whether they agree. */
import * as l10n from '@vscode/l10n';
import type { ReactNode } from 'react';
import { faultWord } from '../fault-words.js';
import { type Measured, measuredOf } from './measured.js';
import type { Broken, Together } from './theory.js';
import { reasonWord } from './theory-words.js';
import type { Track } from './track.js';

export function Figures({ track }: { readonly track: Track }) {
  const { broken, theory } = track;
  const measured = measuredOf(track);
  if (broken === null || measured === null) return null;
  const { length, by } = measured;
  const low = theory === null ? 0 : theory.from - broken.at;
  const high = theory === null ? 0 : theory.to - broken.at;
  return (
    <aside className="figures" aria-label={l10n.t('The last failover')}>
      <h3>{l10n.t('Failover · {0}', `${broken.node} · ${faultWord(broken.fault)}`)}</h3>
      {by === 'nothing' ? (
        <p data-figure="outage">{byWord(by)}</p>
      ) : (
        <div>
          <span className="measured" data-figure="outage">
            {length === null ? '…' : length.toFixed(2)} s
          </span>{' '}
          <span className="quiet by">{byWord(by)}</span>
        </div>
      )}
      {theory === null ? null : (
        <p>
          <span className="quiet">{l10n.t('theory')}</span>{' '}
          <strong className="theory">
            {low.toFixed(2)} – {high.toFixed(2)} s
          </strong>{' '}
          {length === null ? null : <Verdict length={length} low={low} high={high} />}
        </p>
      )}
      <dl>
        <Fact name={l10n.t('advert_int')}>{l10n.t('{0} s, priority {1}', broken.advertInt, broken.priority)}</Fact>
        {theory === null ? null : <Fact name={l10n.t('timer')}>{theory.formula}</Fact>}
        {broken.lastAdvert === null ? null : (
          <Fact name={l10n.t('last advert')}>{l10n.t('{0} s before', (broken.at - broken.lastAdvert).toFixed(2))}</Fact>
        )}
        {broken.taken === null ? null : (
          <Fact name={l10n.t('new MASTER')}>
            {l10n.t('{0} at +{1} s', broken.taken.node, (broken.taken.at - broken.at).toFixed(2))}
          </Fact>
        )}
        {broken.together.length === 0 ? null : (
          <Fact name={l10n.t('MASTER at once')}>{broken.together.map(togetherWord).join('; ')}</Fact>
        )}
        <Announced track={track} broken={broken} />
      </dl>
      {theory === null ? null : <p className="quiet">{reasonWord(theory.fault)}</p>}
    </aside>
  );
}

interface Compared {
  readonly length: number;
  readonly low: number;
  readonly high: number;
}

function Verdict(compared: Compared) {
  return <span className={isInside(compared) ? 'good' : 'warning'}>{verdictOf(compared)}</span>;
}

/** To the hundredth of a second that is shown. */
function isInside({ length, low, high }: Compared): boolean {
  return low - length < 0.005 && length - high < 0.005;
}

function verdictOf(compared: Compared): string {
  const { length, low, high } = compared;
  if (isInside(compared)) return l10n.t('inside');
  return length < low
    ? l10n.t('{0} s earlier', (low - length).toFixed(2))
    : l10n.t('{0} s later', (length - high).toFixed(2));
}

/** The same in a line. */
export function figuresInWords(track: Track): string {
  const { broken, theory } = track;
  const measured = measuredOf(track);
  if (broken === null || measured === null) return '';
  const { by, length } = measured;
  if (length === null && by !== 'nothing') return '';
  const parts = [
    l10n.t('Failover · {0}', `${broken.node} · ${faultWord(broken.fault)}`),
    length === null ? byWord(by) : `${length.toFixed(2)} s ${byWord(by)}`,
  ];
  if (theory !== null) {
    const [low, high] = [theory.from - broken.at, theory.to - broken.at];
    const verdict = length === null ? '' : `, ${verdictOf({ length, low, high })}`;
    parts.push(`${l10n.t('theory')} ${low.toFixed(2)} – ${high.toFixed(2)} s${verdict}`);
  }
  return parts.join(' · ');
}

function byWord(by: Measured['by']): string {
  switch (by) {
    case 'probe':
      return l10n.t('longest outage of a probe');
    case 'holder':
      return l10n.t('nobody held the gateway');
    case 'nothing':
      return l10n.t('Nothing was measured: no probe ran, and who held the gateway was not recorded.');
  }
}

function togetherWord({ nodes, length, open }: Together): string {
  const time = length < 0.1 ? `${(length * 1000).toFixed(0)} ms` : `${length.toFixed(2)} s`;
  const names = nodes.join(', ');
  return open ? l10n.t('{0} for {1} so far', names, time) : l10n.t('{0} for {1}', names, time);
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

function Announced({ track, broken }: { readonly track: Track; readonly broken: Broken }) {
  const first = track.lanes
    .flatMap((lane) =>
      lane.kind === 'holder' ? [lane.announced.find((at) => at > broken.at && at < broken.until)] : [],
    )
    .reduce<number>((least, at) => Math.min(least, at ?? Infinity), Infinity);
  if (first === Infinity) return null;
  return <Fact name={l10n.t('first announced')}>{l10n.t('+{0} s', (first - broken.at).toFixed(2))}</Fact>;
}
