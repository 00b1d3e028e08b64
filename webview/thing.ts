/** What makes an element stand for a thing of the lab: its menu is that of the thing's row in the tree. */
import type { Snapshot } from '../src/picture/messages.js';
import { store } from './store.js';

/** For `data-vscode-context`, which VS Code reads when a menu is asked for (its guide to webviews, "Context menus"). */
export function menuOf(snapshot: Snapshot | null, key: string): string {
  const row = snapshot?.rows[key];
  const menu = row ? { row: row.id, viewItem: row.context } : {};
  return JSON.stringify({ ...menu, preventDefaultContextMenuItems: true });
}

/** A button of the page asks for the menu that a right click on the thing would open. */
export function openMenu(element: Element): void {
  const { left, bottom } = element.getBoundingClientRect();
  element.dispatchEvent(
    new MouseEvent('contextmenu', { bubbles: true, cancelable: true, clientX: left, clientY: bottom }),
  );
}

/** A terminal there, as a double click on its row opens one. */
export function openTerminal(key: string): void {
  const { snapshot } = store.now;
  const row = snapshot?.rows[key];
  if (row && snapshot.trusted)
    store.transport?.post({ type: 'command', command: 'neutron-lab.openTerminal', row: row.id });
}
