/** What the thing is that one points at or has come to by the keys, where its own words are too small to be read. */
import { useContext, useEffect, useState } from 'react';
import { Afar } from './far-name.js';

interface Tip {
  readonly words: readonly string[];
  readonly left: number;
  readonly top: number;
}

/** As wide as it gets, pixels. */
const WIDEST = 260;

export function FarTip() {
  const afar = useContext(Afar) !== null;
  const [tip, show] = useState<Tip | null>(null);
  useEffect(() => {
    if (!afar) return undefined;
    const look = ({ target }: Event): void => {
      show(target instanceof Element ? tipOf(target) : null);
    };
    const hide = (): void => {
      show(null);
    };
    const onKey = ({ key }: KeyboardEvent): void => {
      if (key === 'Escape') hide();
    };
    document.addEventListener('mouseover', look);
    document.addEventListener('focusin', look);
    document.addEventListener('keydown', onKey);
    for (const moved of MOVES) document.addEventListener(moved, hide);
    return () => {
      document.removeEventListener('mouseover', look);
      document.removeEventListener('focusin', look);
      document.removeEventListener('keydown', onKey);
      for (const moved of MOVES) document.removeEventListener(moved, hide);
      hide();
    };
  }, [afar]);
  if (tip === null) return null;
  const [name, ...more] = tip.words;
  // Its words are the thing's own label, which is read out already.
  return (
    <div className="far-tip" aria-hidden="true" style={{ left: tip.left, top: tip.top, maxWidth: WIDEST }}>
      <b>{name}</b>
      {more.map((word, at) => (
        <div key={at}>{word}</div>
      ))}
    </div>
  );
}

/** After these it would stand somewhere else. */
const MOVES = ['wheel', 'mousedown', 'mouseleave'] as const;

function tipOf(target: Element): Tip | null {
  const thing = target.closest<HTMLElement>('.react-flow [data-key][aria-label]');
  const words = thing?.getAttribute('aria-label') ?? '';
  if (thing === null || words === '') return null;
  const { left, top, bottom } = thing.getBoundingClientRect();
  const under = bottom + 6;
  return {
    words: words.split(', '),
    left: Math.max(4, Math.min(left, innerWidth - WIDEST - 8)),
    top: under + 120 > innerHeight ? Math.max(4, top - 110) : under,
  };
}
