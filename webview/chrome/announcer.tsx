/** Says what changes to those who do not see it. */
import * as l10n from '@vscode/l10n';
import { useEffect, useRef, useState } from 'react';
import type { Picture } from '../../src/picture/picture.js';
import { usePicture } from '../store.js';

/** So many stay: in a failover one comes upon the other, and none may be lost before it was read. */
const KEPT = 8;

export function Announcer() {
  const picture = usePicture();
  const before = useRef<Picture | null>(null);
  const [said, say] = useState<readonly { readonly id: number; readonly text: string }[]>([]);
  useEffect(() => {
    const news = before.current && picture ? changes(before.current, picture) : [];
    before.current = picture;
    if (news.length === 0) return;
    say((past) => {
      const next = (past.at(-1)?.id ?? 0) + 1;
      return [...past, ...news.map((text, at) => ({ id: next + at, text }))].slice(-KEPT);
    });
  }, [picture]);
  return (
    <div className="announcer" role="log">
      {said.map(({ id, text }) => (
        <p key={id}>{text}</p>
      ))}
    </div>
  );
}

/** Changes of roles, and of nodes. */
export function changes(before: Picture, now: Picture): string[] {
  const roles = now.routers.flatMap((router) => {
    const old = before.routers.find(({ id }) => id === router.id)?.replicas ?? [];
    return router.replicas
      .filter(({ node, role }) => role !== (old.find((one) => one.node === node)?.role ?? role))
      .map(({ node, role }) => l10n.t('{0} is {1} on {2}', router.name, role, node));
  });
  const nodes = now.nodes.flatMap(({ name, state }) => {
    const old = before.nodes.find((one) => one.name === name)?.state ?? state;
    if (old === state || old === 'declared' || state === 'declared') return [];
    return [state === 'running' ? l10n.t('{0} runs', name) : l10n.t('{0} does not run', name)];
  });
  return [...nodes, ...roles];
}
