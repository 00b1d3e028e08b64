/** The whole page. */
import * as l10n from '@vscode/l10n';
import { keyOf } from '../src/picture/keys.js';
import { ClockPane } from './clock/pane.js';
import { Past } from './clock/past.js';
import { Canvas } from './canvas/canvas.js';
import { Announcer } from './chrome/announcer.js';
import { Table } from './chrome/table.js';
import { Toolbar } from './chrome/toolbar.js';
import { ConsolePane } from './consoles/console-pane.js';
import { PathPane } from './path/path-pane.js';
import { store, useStore } from './store.js';
import { menuOf } from './thing.js';

export function App() {
  const snapshot = useStore((state) => state.snapshot);
  const table = useStore((state) => state.table);
  if (snapshot === null) return <div className="blank" aria-busy="true" />;
  return (
    <>
      <Toolbar />
      {snapshot.picture === null ? (
        <Blank />
      ) : table ? (
        <div className="sheet" data-vscode-context={menuOf(snapshot, keyOf.lab())}>
          <Table />
          <Past />
        </div>
      ) : (
        <main className="sheet" data-vscode-context={menuOf(snapshot, keyOf.lab())}>
          <Canvas />
          <Past />
          {snapshot.notice?.kind === 'empty' ? <p className="nothing-yet">{headline('empty')}</p> : null}
          <PathPane />
        </main>
      )}
      {snapshot.picture === null ? null : <ClockPane />}
      <ConsolePane />
      <Announcer />
    </>
  );
}

/** Where there is nothing to draw: why, and what to do about it. */
function Blank() {
  const notice = useStore((state) => state.snapshot?.notice ?? null);
  const row = useStore((state) => state.snapshot?.rows.lab?.id ?? null);
  return (
    <div className="blank">
      <h1>{headline(notice?.kind)}</h1>
      <ul>
        {notice?.problems.map(({ message, line }) => (
          <li key={`${line} ${message}`}>
            <span className="quiet mono">{l10n.t('line {0}', line)}</span> {message}
          </li>
        ))}
      </ul>
      {notice?.kind === 'gone' ? null : (
        <vscode-button
          onClick={() => {
            store.transport?.post({ type: 'command', command: 'neutron-lab.openLabFile', row });
          }}
        >
          {l10n.t('Open the Lab File')}
        </vscode-button>
      )}
    </div>
  );
}

function headline(kind: 'empty' | 'invalid' | 'gone' | undefined): string {
  switch (kind) {
    case 'invalid':
      return l10n.t('The lab file has errors, so nothing can be drawn yet.');
    case 'gone':
      return l10n.t('There is no such lab any more.');
    default:
      return l10n.t(
        'Nothing is declared yet: add a network, a router or an instance, by a right click here or in the lab file.',
      );
  }
}
