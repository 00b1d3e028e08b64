/** A fault that the learner is to find: whether it is there, and nothing of what it is. */
import * as l10n from '@vscode/l10n';
import type { InjectCard } from '../../src/editor/lessons/card.js';
import type { CardProps } from './card-view.js';
import { Sign } from './sign.js';

export function InjectView({ card: { level, state }, cell, post }: CardProps<InjectCard>) {
  return (
    <div className="card inject">
      <p className="verdict" role="status">
        <Sign of="open" />
        <strong>
          {state === 'injected'
            ? l10n.t('Something was broken. Find it and mend it; the check below tells when all is well again.')
            : l10n.t('Nothing is broken yet.')}
        </strong>
        <span className="tag">{l10n.t('level {0}', level)}</span>
      </p>
      <div className="buttons">
        <button
          className={state === 'injected' ? 'secondary' : ''}
          onClick={() => {
            post({ type: 'act', cell, act: 'run' });
          }}
        >
          {state === 'injected' ? l10n.t('Break Something Else') : l10n.t('Break Something')}
        </button>
      </div>
    </div>
  );
}
