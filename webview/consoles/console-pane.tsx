/** Consoles side by side, below the picture: a trainer shows both on one screen. */
import * as l10n from '@vscode/l10n';
import { useEffect, useRef } from 'react';
import type { ConsoleEnded, ConsoleText } from '../../src/picture/messages.js';
import type { Picture } from '../../src/picture/picture.js';
import { keyOf } from '../../src/picture/keys.js';
import { type OpenConsole, store, usePicture, useStore } from '../store.js';
import { loadScreens } from './load.js';
import type { ConsoleScreen } from './terminal.js';

const screens = new Map<string, ConsoleScreen>();
/** Those whose shell has ended, and has not been asked for again. */
const ended = new Set<string>();
let nth = 0;

export function takeConsole(message: ConsoleText | ConsoleEnded): void {
  const screen = screens.get(message.id);
  if (message.type === 'consoleText') screen?.write(message.text);
  else {
    ended.add(message.id);
    const again = l10n.t('Enter opens it again.');
    screen?.write(`\r\n\u001b[33m${message.reason} ${again}\u001b[39m\r\n`);
  }
}

export function ConsolePane() {
  const consoles = useStore((state) => state.consoles);
  const picture = usePicture();
  if (consoles === null || picture === null) return null;
  return (
    <section className="consoles" aria-label={l10n.t('Consoles')}>
      <div className="clock-head">
        <h2>{l10n.t('Consoles')}</h2>
        <Chooser picture={picture} open={consoles} />
        <span className="grow" />
        <button
          type="button"
          className="more"
          aria-label={l10n.t('Close all consoles')}
          onClick={() => {
            store.set({ consoles: null });
          }}
        >
          ✕
        </button>
      </div>
      <div className="console-row">
        {consoles.map((one) => (
          <Console key={one.id} console={one} />
        ))}
      </div>
    </section>
  );
}

function Chooser({ picture, open }: { readonly picture: Picture; readonly open: readonly OpenConsole[] }) {
  const places = placesOf(picture);
  return (
    <select
      aria-label={l10n.t('Open a console on')}
      value=""
      onChange={({ target }) => {
        const place = places.find(({ key }) => key === target.value);
        const row = store.now.snapshot?.rows[target.value]?.id;
        if (place === undefined || row === undefined) return;
        nth += 1;
        store.set({ consoles: [...open, { id: `console ${nth}`, title: place.title, row }] });
      }}
    >
      <option value="">{l10n.t('Open a console on…')}</option>
      {places.map(({ key, title }) => (
        <option key={key} value={key}>
          {title}
        </option>
      ))}
    </select>
  );
}

/** Instances first, then nodes, then the other namespaces. */
function placesOf({ nodes }: Picture): { readonly key: string; readonly title: string }[] {
  const boxes = nodes.flatMap(({ name, boxes: own }) =>
    own.map(({ kind, namespace, name: owner }) => ({
      key: keyOf.box(name, namespace),
      title: kind === 'instance' ? owner : `${kind} ${owner} · ${name}`,
      instance: kind === 'instance',
    })),
  );
  return [
    ...boxes.filter(({ instance }) => instance),
    ...nodes.map(({ name }) => ({ key: keyOf.node(name), title: name })),
    ...boxes.filter(({ instance }) => !instance),
  ];
}

function Console({ console: { id, title, row } }: { readonly console: OpenConsole }) {
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let over = false;
    void loadScreens().then((open) => {
      if (over || element.current === null) return;
      let asked = false;
      let size = { columns: 0, rows: 0 };
      const screen = open(element.current, {
        onInput: (text) => {
          if (!ended.has(id)) store.transport?.post({ type: 'consoleInput', id, text });
          else if (text === '\r') {
            ended.delete(id);
            store.transport?.post({ type: 'console', id, row, ...size });
          }
        },
        // The first size is known as soon as it is laid out: then there is something to open.
        onResize: (columns, rows) => {
          size = { columns, rows };
          if (asked) store.transport?.post({ type: 'consoleSize', id, columns, rows });
          else store.transport?.post({ type: 'console', id, row, columns, rows });
          asked = true;
        },
      });
      screens.set(id, screen);
      screen.focus();
    });
    return () => {
      over = true;
      screens.get(id)?.dispose();
      screens.delete(id);
      ended.delete(id);
      store.transport?.post({ type: 'consoleClose', id });
    };
  }, [id, row]);
  return (
    <div className="console">
      <div className="console-head">
        <strong>{title}</strong>
        <button
          type="button"
          className="more"
          aria-label={l10n.t('Close {0}', title)}
          onClick={() => {
            const left = store.now.consoles?.filter((one) => one.id !== id) ?? [];
            store.set({ consoles: left });
          }}
        >
          ✕
        </button>
      </div>
      <div className="console-screen" ref={element} />
    </div>
  );
}
