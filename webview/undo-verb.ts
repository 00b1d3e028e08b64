/** What keys of undo and redo mean. Pure. */

/** What a `KeyboardEvent` says. */
interface Keys {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

/** As VS Code has them; Ctrl+Y not on a Mac. */
export function undoVerb({ key, ctrlKey, metaKey, shiftKey, altKey }: Keys, mac: boolean): 'undo' | 'redo' | null {
  if (altKey || ctrlKey === mac || metaKey !== mac) return null;
  if (key.toLowerCase() === 'z') return shiftKey ? 'redo' : 'undo';
  return key.toLowerCase() === 'y' && !shiftKey && !mac ? 'redo' : null;
}
