/** Keys that the Labs view has too: undo and redo where something was drawn, and what the menu of a thing says beside its words. */
import { store } from './store.js';
import { undoVerb } from './undo-verb.js';

/** What takes its text back itself, and a console, where Ctrl+Z is for the shell. */
const OWN = 'input, textarea, select, [contenteditable], .console';

export function listenForKeys(mac: boolean): void {
  document.addEventListener('keydown', (event) => {
    if (!(event.target instanceof Element) || event.target.closest(OWN)) return;
    const undo = undoVerb(event, mac);
    const verb = undo ?? rowVerb(event, mac);
    if (verb === null) return;
    const row = undo === null ? rowAt(event.target) : null;
    if (undo === null && row === null) return;
    event.preventDefault();
    store.transport?.post({ type: 'command', command: `neutron-lab.${verb}`, row });
  });
}

/** As `src/editor/manifest/keybindings.ts` has them for the tree. */
function rowVerb({ key, metaKey, ctrlKey, altKey, shiftKey }: KeyboardEvent, mac: boolean): 'rename' | 'delete' | null {
  if (ctrlKey || altKey || shiftKey) return null;
  if (key === 'F2' && !metaKey) return 'rename';
  const deletes = mac ? key === 'Backspace' && metaKey : key === 'Delete' && !metaKey;
  return deletes ? 'delete' : null;
}

/** The row of what has the focus. */
function rowAt(element: Element): string | null {
  const key = element.closest('[data-key]')?.getAttribute('data-key') ?? '';
  return store.now.snapshot?.rows[key]?.id ?? null;
}
