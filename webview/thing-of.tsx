/** A word in the picture that stands for a thing of its own, with a menu of its own: an address, a subnet, an agent. */
import type { ReactNode } from 'react';
import { useStore } from './store.js';
import { menuOf, openMenu } from './thing.js';

export function Thing({ of, children }: { readonly of: string; readonly children: ReactNode }) {
  const menu = useStore(({ snapshot }) => menuOf(snapshot, of));
  const known = useStore(({ snapshot }) => snapshot?.rows[of] !== undefined);
  // In a report nothing is done to it.
  if (!known) return <span className="thing">{children}</span>;
  return (
    <span
      className="thing own"
      data-key={of}
      data-vscode-context={menu}
      role="button"
      tabIndex={0}
      aria-haspopup="menu"
      onClick={(event) => {
        event.stopPropagation();
        openMenu(event.currentTarget);
      }}
      onDoubleClick={(event) => {
        event.stopPropagation();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.stopPropagation();
        event.preventDefault();
        openMenu(event.currentTarget);
      }}
    >
      {children}
    </span>
  );
}
