/** The keys of undo and redo: an edit that was drawn is taken back where it was drawn. */
import { store } from './store.js';
import { undoVerb } from './undo-verb.js';

/** What takes its text back itself, and a console, where Ctrl+Z is for the shell. */
const OWN = 'input, textarea, [contenteditable], .console';

export function listenForUndo(mac: boolean): void {
  document.addEventListener('keydown', (event) => {
    const verb = undoVerb(event, mac);
    if (verb === null || !(event.target instanceof Element) || event.target.closest(OWN)) return;
    event.preventDefault();
    store.transport?.post({ type: 'command', command: `neutron-lab.${verb}`, row: null });
  });
}
