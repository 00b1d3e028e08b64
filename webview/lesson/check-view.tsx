/** Whether the lab is as the step wants it: passed, or why not; a hint and the solution for those who ask. */
import * as l10n from '@vscode/l10n';
import { useId, useState } from 'react';
import type { CheckCard } from '../../src/editor/lessons/card.js';
import type { CardProps } from './card-view.js';
import { Sign } from './sign.js';

export function CheckView({ card, cell, post }: CardProps<CheckCard>) {
  const { state, failures, hint, solved } = card;
  const [hinted, setHinted] = useState(false);
  const id = useId();
  const act = (what: 'run' | 'solution' | 'solve') => () => {
    post({ type: 'act', cell, act: what });
  };
  return (
    <div className={`card check is-${state}`}>
      <p className="verdict" role="status">
        <Sign of={state === 'passed' ? 'good' : state === 'failed' ? 'bad' : 'open'} />
        <strong>{verdict(state)}</strong>
      </p>
      {failures.length === 0 ? null : (
        <ul className="failures">
          {failures.map(({ why }) => (
            <li key={why}>{why}</li>
          ))}
        </ul>
      )}
      {hinted ? (
        <p id={id} className="hint" role="status">
          {hint}
        </p>
      ) : null}
      <div className="buttons">
        <button className={state === 'passed' ? 'secondary' : ''} onClick={act('run')}>
          {state === 'open' ? l10n.t('Check') : l10n.t('Check Again')}
        </button>
        {state === 'passed' ? null : (
          <>
            {hint === '' ? null : (
              <button
                className="secondary"
                aria-expanded={hinted}
                aria-controls={id}
                onClick={() => {
                  setHinted(!hinted);
                }}
              >
                {l10n.t('Hint')}
              </button>
            )}
            {solved ? null : (
              <button className="secondary" onClick={act('solution')}>
                {l10n.t('Show the Solution')}
              </button>
            )}
            <button className="secondary" onClick={act('solve')}>
              {l10n.t('Do It for Me')}
            </button>
          </>
        )}
      </div>
    </div>
  );
}

function verdict(state: CheckCard['state']): string {
  switch (state) {
    case 'open':
      return l10n.t('Not checked yet.');
    case 'passed':
      return l10n.t('Passed.');
    case 'failed':
      return l10n.t('Not yet.');
  }
}
