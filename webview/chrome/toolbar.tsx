/** Above the picture: what the lab is at, what is shown of it, and what is most often done with it. */
import * as l10n from '@vscode/l10n';
import { keyOf } from '../../src/picture/keys.js';
import type { Snapshot } from '../../src/picture/messages.js';
import type { Picture } from '../../src/picture/picture.js';
import { useTrack } from '../clock/use-track.js';
import { type Mode, store, useStore } from '../store.js';
import { menuOf } from '../thing.js';
import { useShown } from '../use-shown.js';

export function Toolbar() {
  const snapshot = useStore((state) => state.snapshot);
  const picture = snapshot?.picture ?? null;
  if (snapshot === null || picture === null) return null;
  const running = picture.state === 'running';
  return (
    <header className="toolbar" data-vscode-context={menuOf(snapshot, keyOf.lab())}>
      <Title lab={picture.lab} work={snapshot.work} />
      <div className="views">
        <Modes />
        <PutBack />
      </div>
      <div className="verbs">
        {running || !snapshot.trusted ? null : <Verb command="up">{l10n.t('Up')}</Verb>}
        {running && snapshot.trusted ? <Verbs picture={picture} snapshot={snapshot} /> : null}
      </div>
    </header>
  );
}

/** Which lab, and its state at the moment that is shown. What has no room is read when one points at it. */
function Title({ lab, work }: { readonly lab: string; readonly work: string | null }) {
  const shown = useShown();
  const state = shown === null ? '' : (work ?? stateText(shown));
  const trouble = shown === null || work !== null ? null : troubleText(shown);
  return (
    <div className="title" title={[lab, state, trouble ?? ''].filter((part) => part !== '').join(' · ')}>
      <h1>{lab}</h1>
      {shown === null ? null : <i className={`dot ${dotOf(shown)}`} />}
      <span className="quiet state">{state}</span>
      {trouble === null ? null : <span className="trouble">{trouble}</span>}
    </div>
  );
}

function Verbs({ picture, snapshot }: { readonly picture: Picture; readonly snapshot: Snapshot }) {
  const broken = troubles(picture) > 0 || picture.hiddenFault;
  return (
    <>
      {snapshot.work === null ? <Verb command="break">{l10n.t('Break…')}</Verb> : null}
      <Probe />
      <PathButton />
      <ConsoleButton />
      {broken ? <Verb command="healAll">{l10n.t('Heal')}</Verb> : null}
      {picture.routers.some(({ ha }) => ha) ? (
        <Verb command="failover" wide>
          {l10n.t('Measure failover…')}
        </Verb>
      ) : null}
    </>
  );
}

function Probe() {
  const { probing, live } = useTrack();
  if (!live) return null;
  return (
    <vscode-button
      appearance="secondary"
      onClick={() => {
        store.transport?.post({ type: 'probe', on: probing.length === 0 });
      }}
    >
      {probing.length > 0 ? l10n.t('Stop probes') : l10n.t('Probe')}
    </vscode-button>
  );
}

function ConsoleButton() {
  return (
    <vscode-button
      appearance="secondary"
      onClick={() => {
        store.set({ consoles: store.now.consoles === null ? [] : null });
      }}
    >
      {l10n.t('Consoles')}
    </vscode-button>
  );
}

function PathButton() {
  return (
    <vscode-button
      appearance="secondary"
      onClick={() => {
        store.set({ path: store.now.path === null ? { from: null, to: null, ways: [], chosen: null } : null });
      }}
    >
      {l10n.t('Path…')}
    </vscode-button>
  );
}

interface VerbProps {
  readonly command: string;
  readonly children: string;
  /** Only where there is room; it is in the menus, too. */
  readonly wide?: boolean;
}

function Verb({ command, children, wide = false }: VerbProps) {
  return (
    <vscode-button
      className={wide ? 'wide' : ''}
      appearance="secondary"
      onClick={() => {
        const row = store.now.snapshot?.rows.lab?.id ?? null;
        store.transport?.post({ type: 'command', command: `neutron-lab.${command}`, row });
      }}
    >
      {children}
    </vscode-button>
  );
}

function Modes() {
  const mode = useStore((state) => state.mode);
  const table = useStore((state) => state.table);
  const choose = (next: Mode, asTable: boolean) => () => {
    store.set({ mode: next, table: asTable });
    const { kept } = store.transport ?? {};
    if (kept) store.transport?.keep({ ...kept, mode: next });
  };
  const names: readonly (readonly [Mode, string])[] = [
    ['networks', l10n.t('Networks')],
    ['both', l10n.t('Both')],
    ['nodes', l10n.t('Nodes')],
  ];
  return (
    <div className="modes" role="group" aria-label={l10n.t('What is shown')}>
      {names.map(([name, label]) => (
        <button key={name} type="button" aria-pressed={!table && mode === name} onClick={choose(name, false)}>
          {label}
        </button>
      ))}
      <button type="button" aria-pressed={table} onClick={choose(mode, !table)}>
        {l10n.t('Table')}
      </button>
    </div>
  );
}

function PutBack() {
  return (
    <vscode-button
      appearance="icon"
      aria-label={l10n.t('Put everything back to its place')}
      title={l10n.t('Put everything back to its place')}
      onClick={() => {
        store.set({ dragged: {} });
        store.transport?.post({ type: 'move', positions: null });
      }}
    >
      <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
        <path fill="currentColor" d="M2 2h5v5H2zm7 0h5v5H9zM2 9h5v5H2zm7 0h5v5H9z" />
      </svg>
    </vscode-button>
  );
}

/** How many nodes have something wrong. */
function troubles({ nodes }: Picture): number {
  return nodes.filter(({ state, faults }) => (state !== 'running' && state !== 'declared') || faults.length > 0).length;
}

function dotOf(picture: Picture): string {
  if (picture.state === 'stopped') return 'off';
  return troubles(picture) > 0 || picture.hiddenFault ? 'bad' : 'good';
}

function stateText({ state, nodes }: Picture): string {
  return state === 'stopped'
    ? l10n.t('not running · {0} nodes', nodes.length)
    : l10n.t('running · {0} nodes', nodes.length);
}

function troubleText(picture: Picture): string | null {
  if (picture.state === 'stopped') return null;
  if (picture.hiddenFault) return l10n.t('a fault is hidden here: find it');
  const broken = troubles(picture);
  if (broken === 0) return null;
  return broken === 1 ? l10n.t('1 node with a fault') : l10n.t('{0} nodes with faults', broken);
}
