/** What each half of the sheet is. */
import * as l10n from '@vscode/l10n';
import type { Laid } from '../layout/places.js';
import { useStore } from '../store.js';

export function Headings({
  logical,
  physical,
}: {
  readonly logical: readonly Laid[];
  readonly physical: readonly Laid[];
}) {
  const mode = useStore((state) => state.mode);
  // Beside each other they are at the same height; below the networks there is no more room than for a line.
  const below = mode === 'both' && topOf(physical) > topOf(logical);
  return (
    <>
      {mode === 'nodes' ? null : (
        <Heading of={logical} raised>
          {l10n.t('Networks, routers, instances')}
        </Heading>
      )}
      {mode === 'networks' ? null : (
        <Heading of={physical} raised={!below}>
          {l10n.t('Nodes and what lives in them')}
        </Heading>
      )}
    </>
  );
}

function topOf(those: readonly Laid[]): number {
  return Math.min(...those.map(({ y }) => y));
}

interface HeadingProps {
  readonly of: readonly Laid[];
  readonly raised: boolean;
  readonly children: string;
}

function Heading({ of, raised, children }: HeadingProps) {
  if (of.length === 0) return null;
  const left = Math.min(...of.map(({ x }) => x));
  // No longer than what it stands over: from afar it would reach into the other one.
  const width = Math.max(...of.map(({ x, width: wide }) => x + wide)) - left;
  const top = topOf(of);
  return (
    <div
      className={raised ? 'heading raised' : 'heading'}
      style={{ transform: `translate(${left}px, ${top - 40}px)`, maxWidth: width }}
    >
      {children}
    </div>
  );
}
