/** Another run below this one, on the same scale, with the two faults above each other. */
import * as l10n from '@vscode/l10n';
import { store, useStore } from '../store.js';
import { Clock } from './clock.js';
import { measuredOf, meetingPoint } from './measured.js';
import { type OtherRun, otherRuns, useOtherRuns } from './other-runs.js';
import type { Track, Window } from './track.js';

/** What is chosen is compared; where there is a host, a recording can be fetched. */
export function CompareWith() {
  const { runs, chosen } = useOtherRuns();
  const attended = useStore(({ snapshot }) => snapshot?.trusted ?? false);
  return (
    <>
      {runs.length === 0 ? null : (
        <label className="compare">
          <span className="quiet">{l10n.t('compare with')}</span>{' '}
          <select
            value={chosen?.name ?? ''}
            onChange={({ target }) => {
              otherRuns.choose(target.value === '' ? null : target.value);
            }}
          >
            <option value="">{l10n.t('nothing')}</option>
            {runs.map(({ name }) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
      )}
      {attended ? (
        <vscode-button
          appearance="secondary"
          title={l10n.t('A timeline that was saved here, or by neutron-lab experiment --timeline')}
          onClick={() => {
            store.transport?.post({ type: 'compare' });
          }}
        >
          {l10n.t('Compare…')}
        </vscode-button>
      ) : null}
    </>
  );
}

interface Props {
  readonly track: Track;
  readonly other: OtherRun;
  /** Of this one's clock, where nobody chose another. */
  readonly whole: Window;
}

export function Comparison({ track, other, whole }: Props) {
  const shift = meetingPoint(other.track) - meetingPoint(track);
  return (
    <div className="comparison">
      <p>
        <strong>{other.name}</strong> <Difference here={track} there={other.track} />
      </p>
      <Clock track={other.track} now={other.track.end} whole={whole} shift={shift} />
    </div>
  );
}

function Difference({ here, there }: { readonly here: Track; readonly there: Track }) {
  const [mine, theirs] = [measuredOf(here)?.length ?? null, measuredOf(there)?.length ?? null];
  if (theirs === null) return <span className="quiet">{l10n.t('no failover that was measured')}</span>;
  const length = l10n.t('outage {0} s', theirs.toFixed(2));
  if (mine === null) return <span className="quiet">{length}</span>;
  const by = theirs - mine;
  const words =
    Math.abs(by) < 0.005
      ? l10n.t('as long as here')
      : by > 0
        ? l10n.t('{0} s longer than here', by.toFixed(2))
        : l10n.t('{0} s shorter than here', (-by).toFixed(2));
  return (
    <span className="quiet" data-figure="difference">
      {length} · {words}
    </span>
  );
}
