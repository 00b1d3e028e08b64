/** What is to be declared in the lab file: by the learner, or by a button. */
import * as l10n from '@vscode/l10n';
import type { DeclareCard } from '../../src/editor/lessons/card.js';
import type { CardProps } from './card-view.js';
import { Sign } from './sign.js';

export function DeclareView({ card: { text, state }, cell, post }: CardProps<DeclareCard>) {
  return (
    <div className="card declare">
      {state === 'applied' ? (
        <p className="verdict" role="status">
          <Sign of="good" />
          <strong>{l10n.t('It is in the lab file, and the lab is as the file says.')}</strong>
        </p>
      ) : (
        <p>{l10n.t('To be declared in the lab file, by hand or in the Labs view:')}</p>
      )}
      <pre tabIndex={0}>{text}</pre>
      <div className="buttons">
        <button
          className={state === 'applied' ? 'secondary' : ''}
          onClick={() => {
            post({ type: 'act', cell, act: 'apply' });
          }}
        >
          {state === 'applied' ? l10n.t('Apply Again') : l10n.t('Apply')}
        </button>
      </div>
    </div>
  );
}
