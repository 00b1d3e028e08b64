/** A sign before a sentence: told by its shape as well as by its colour. */
export function Sign({ of }: { readonly of: 'good' | 'bad' | 'other' | 'open' }) {
  return (
    <svg className={`sign sign-${of}`} viewBox="0 0 16 16" aria-hidden="true">
      <circle cx="8" cy="8" r="7" />
      <path d={MARKS[of]} />
    </svg>
  );
}

const MARKS = {
  good: 'M 4.6 8.4 L 7 10.8 L 11.4 5.6',
  bad: 'M 5.3 5.3 L 10.7 10.7 M 10.7 5.3 L 5.3 10.7',
  other: 'M 4.8 6.6 H 11.2 M 4.8 9.4 H 11.2 M 9.6 4.6 L 6.4 11.4',
  open: '',
} as const;
