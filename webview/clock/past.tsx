/** Says that the picture is of another moment than now, of which one, and leads back. */
import * as l10n from '@vscode/l10n';
import { clock, useClock } from './clock-state.js';
import { useTrack } from './use-track.js';

export function Past() {
  const cursor = useClock((state) => state.cursor);
  const { header, live } = useTrack();
  if (cursor === null || header === null) return null;
  const wall = header.clock.wall === 0 ? null : header.clock.wall + cursor * 1000 - header.clock.t;
  return (
    <div className="past" title={l10n.t('What is not recorded, as leases, is left out; what is declared is as now.')}>
      <strong>{l10n.t('As it was')}</strong>
      <span className="mono">{wall === null ? l10n.t('{0} s', cursor.toFixed(2)) : timeOfDay(wall)}</span>
      {live ? (
        <button
          type="button"
          onClick={() => {
            clock.set({ window: null, cursor: null, speed: 0 });
          }}
        >
          {l10n.t('Back to now')}
        </button>
      ) : null}
    </div>
  );
}

/** To the tenth of a second: `14:03:07.2`. */
function timeOfDay(wall: number): string {
  const date = new Date(wall);
  const two = (number: number): string => String(number).padStart(2, '0');
  const tenth = Math.floor(date.getMilliseconds() / 100);
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${tenth}`;
}
