/** An experiment: what it says, its lanes while it runs, and the outage beside the one that theory predicts. */
import * as l10n from '@vscode/l10n';
import { useMemo } from 'react';
import type { ExperimentCard } from '../../src/editor/lessons/card.js';
import type { CardProps } from './card-view.js';
import { trackOf } from './feeds.js';
import { LanesView } from './lanes-view.js';
import { Sign } from './sign.js';
import { useFeed } from './use-feed.js';

type Report = NonNullable<ExperimentCard['report']>;

/** Seconds before the first fault that are shown. */
const BEFORE = 3;

export function ExperimentView({ card, ...rest }: CardProps<ExperimentCard>) {
  const { state, text, report, timeline } = card;
  const moment = useFeed(rest, state === 'running');
  const recorded = useMemo(() => (timeline === null ? null : trackOf(timeline)), [timeline]);
  const track = recorded ?? (state === 'running' ? (moment?.track ?? null) : null);
  const first = track?.faults[0]?.at ?? null;
  return (
    <div className="card experiment">
      {state === 'done' ? null : <pre tabIndex={0}>{text}</pre>}
      {report === null ? null : <Figures report={report} />}
      {track === null || track.lanes.length === 0 ? null : (
        <LanesView
          track={track}
          window={{
            from: Math.max(track.start, first === null ? track.end - 20 : first - BEFORE),
            to: Math.max(track.end, track.start + 1) + 0.3,
          }}
          now={moment?.now ?? track.end}
        />
      )}
      {report === null ? null : (
        <>
          <p>{report.runs[0]?.explanation}</p>
          {report.runs[0]?.remarks.map((remark) => (
            <p key={remark} className="quiet">
              {remark}
            </p>
          ))}
        </>
      )}
      {state === 'running' ? null : (
        <div className="buttons">
          <button
            className={state === 'done' ? 'secondary' : ''}
            onClick={() => {
              rest.post({ type: 'act', cell: rest.cell, act: 'run' });
            }}
          >
            {state === 'done' ? l10n.t('Run It Again') : l10n.t('Run the Experiment')}
          </button>
        </div>
      )}
    </div>
  );
}

function Figures({ report: { outage_s: outage, theory, agrees } }: { readonly report: Report }) {
  return (
    <dl className="figures-row" role="status">
      <div>
        <dt>{l10n.t('Outage, measured')}</dt>
        <dd>{seconds(outage.median)}</dd>
      </div>
      <div>
        <dt>{l10n.t('Theory')}</dt>
        <dd>{range(theory.low, theory.high)}</dd>
        <small className="quiet mono">{theory.formula}</small>
      </div>
      <div>
        <dt>{l10n.t('Verdict')}</dt>
        <dd className={agrees ? 'good' : 'trouble'}>
          <Sign of={agrees ? 'good' : 'other'} />
          {agrees ? l10n.t('as predicted') : l10n.t('not as predicted')}
        </dd>
      </div>
    </dl>
  );
}

function seconds(value: number): string {
  return l10n.t('{0} s', value.toFixed(2));
}

function range(low: number, high: number | null): string {
  // JSON knows no infinity.
  if (high === null || high === Infinity) return l10n.t('until it is healed');
  if (low === 0 && high <= 0.2) return l10n.t('none');
  return l10n.t('{0} to {1} s', low.toFixed(2), high.toFixed(2));
}
