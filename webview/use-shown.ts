/** The picture that is shown: as it is, or as it was at the moment that a person looks at. */
import { useMemo, useSyncExternalStore } from 'react';
import type { Picture } from '../src/picture/picture.js';
import { useClock } from './clock/clock-state.js';
import { timelines } from './clock/use-track.js';
import { pictureAt } from './picture-at.js';
import { usePicture } from './store.js';

export function useShown(): Picture | null {
  const picture = usePicture();
  const cursor = useClock((state) => state.cursor);
  // Who looks at now is not drawn again with every packet.
  const past = useSyncExternalStore(timelines.subscribe, () => (cursor === null ? null : timelines.now));
  return useMemo(
    () =>
      picture === null || cursor === null || !past?.header
        ? picture
        : pictureAt(picture, past.header, past.changes, cursor),
    [picture, cursor, past],
  );
}
