/** A question with its choices; once somebody has answered it, what is so. The reason stands below, as Markdown. */
import * as l10n from '@vscode/l10n';
import { useState } from 'react';
import type { PredictCard } from '../../src/editor/lessons/card.js';
import type { CardProps } from './card-view.js';
import { Sign } from './sign.js';

export function PredictView({ card, cell, post }: CardProps<PredictCard>) {
  const { choices, revealed } = card;
  const [chosen, choose] = useState<number | null>(null);
  if (revealed !== null) return <Revealed choices={choices} {...revealed} />;
  return (
    <form
      className="card predict"
      onSubmit={(event) => {
        event.preventDefault();
        if (chosen !== null) post({ type: 'choose', cell, choice: chosen });
      }}
    >
      <fieldset>
        <legend>{l10n.t('What do you expect?')}</legend>
        {choices.map((choice, nth) => (
          <label key={choice} className="choice">
            <input
              type="radio"
              name={cell}
              checked={chosen === nth}
              onChange={() => {
                choose(nth);
              }}
            />
            <span>{choice}</span>
          </label>
        ))}
      </fieldset>
      <div className="buttons">
        <button type="submit" disabled={chosen === null}>
          {l10n.t('That Is What I Expect')}
        </button>
      </div>
    </form>
  );
}

function Revealed({ choices, chosen, answer }: { choices: readonly string[]; chosen: number; answer: number }) {
  const right = chosen === answer;
  return (
    <div className="card predict" role="status">
      <p className="verdict">
        <Sign of={right ? 'good' : 'other'} />
        <strong>{right ? l10n.t('As you expected.') : l10n.t('It is otherwise.')}</strong>
      </p>
      <ul className="choices">
        {choices.map((choice, nth) => (
          <li key={choice} className={nth === answer ? 'so' : nth === chosen ? 'said' : 'quiet'}>
            <span className="choice-text">{choice}</span>
            {nth === answer ? <span className="tag good">{l10n.t('so it is')}</span> : null}
            {nth === chosen ? <span className="tag">{l10n.t('you said')}</span> : null}
          </li>
        ))}
      </ul>
    </div>
  );
}
