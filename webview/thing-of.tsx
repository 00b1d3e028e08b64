/** A word in the picture that stands for a thing of its own: an address, a subnet, an agent. */
import type { ReactNode } from 'react';
import { useStore } from './store.js';
import { menuOf } from './thing.js';

export function Thing({ of, children }: { readonly of: string; readonly children: ReactNode }) {
  const menu = useStore(({ snapshot }) => menuOf(snapshot, of));
  return (
    <span className="thing" data-key={of} data-vscode-context={menu}>
      {children}
    </span>
  );
}
