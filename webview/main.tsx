/** The entry of the page. */
import './page.css';
import * as l10n from '@vscode/l10n';
import { createRoot } from 'react-dom/client';
import type { ToPage } from '../src/picture/messages.js';
import { App } from './app.js';
import { otherRuns } from './clock/other-runs.js';
import { timelines } from './clock/use-track.js';
import { takeConsole } from './consoles/console-pane.js';
import { takeFollow, takeWalked } from './path/follow.js';
import { keepFocus } from './keep-focus.js';
import { listenForKeys } from './page-keys.js';
import { type Mode, store } from './store.js';
import { registerToolkit } from './toolkit.js';
import { openTransport } from './transport.js';

/** What is written into the page itself: JSON, so that a stranger's names are data. */
function written<T>(id: string, otherwise: T): T {
  const text = document.getElementById(id)?.textContent ?? '';
  return text === '' ? otherwise : (JSON.parse(text) as T);
}

l10n.config({ contents: written<Record<string, string>>('words', {}) });
registerToolkit();
const transport = openTransport(written<ToPage[]>('recorded', []));
store.transport = transport;
const kept = written<{ lab: string } | null>('lab', null);
if (kept) transport.keep({ ...transport.kept, ...kept });
if (transport.kept?.mode !== undefined) store.set({ mode: transport.kept.mode as Mode });
transport.listen((message) => {
  if (message.type === 'snapshot') store.take(message);
  else if (message.type === 'consoleText' || message.type === 'consoleEnded') takeConsole(message);
  else if (message.type === 'walked') takeWalked(message);
  else if (message.type === 'renamed') transport.keep({ ...transport.kept, lab: message.lab });
  else if (message.type === 'follow') takeFollow(message);
  else if (message.type === 'runs') otherRuns.take(message);
  else if (!timelines.take(message)) transport.post({ type: 'resend' });
});
keepFocus();
listenForKeys(navigator.platform.startsWith('Mac'));
const root = document.getElementById('root');
if (root) createRoot(root).render(<App />);
transport.post({ type: 'ready' });
