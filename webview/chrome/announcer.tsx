/** Says what changes to those who do not see it. */
import * as l10n from '@vscode/l10n';
import { useEffect, useRef, useState } from 'react';
import type { Picture } from '../../src/picture/picture.js';
import { usePicture } from '../store.js';

export function Announcer() {
  const picture = usePicture();
  const before = useRef<Picture | null>(null);
  const [said, say] = useState('');
  useEffect(() => {
    const news = before.current && picture ? changes(before.current, picture) : [];
    before.current = picture;
    if (news.length > 0) say(news.join('. '));
  }, [picture]);
  return (
    <div className="announcer" role="status" aria-live="polite">
      {said}
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
