/** What a hop is, in a sentence. */
import * as l10n from '@vscode/l10n';
import type { Hop, WhyItEnds } from '../../src/lab/path/hop.js';

export function hopTitle(hop: Hop): string {
  switch (hop.kind) {
    case 'route':
      return hop.gateway === null
        ? l10n.t('route: on the link, by {0}', hop.device)
        : l10n.t('route: to {0}, by {1}', hop.gateway, hop.device);
    case 'nat':
      return `${hop.change} ${hop.before} → ${hop.after}`;
    case 'conntrack':
      return l10n.t('connection is tracked');
    case 'veth':
      return `${hop.device} → ${hop.tap}`;
    case 'bridge':
      return hop.port === null
        ? l10n.t('{0} floods: it has not learned {1}', hop.bridge, hop.mac)
        : l10n.t('{0}: {1} is behind {2}', hop.bridge, hop.mac, hop.port);
    case 'vxlan':
      return l10n.t('{0} to {1} ({2})', hop.device, hop.to, hop.address);
    case 'arrived':
      // The kernel keeps what is its own behind `lo`, wherever it came in.
      return hop.device === 'lo'
        ? l10n.t('arrived at {0}', hop.address)
        : l10n.t('arrived: {0} has {1}', hop.device, hop.address);
    case 'ends':
      return whyItEnds(hop.why, hop.detail);
  }
}

/** What the node said, word for word; empty where the title says it all. */
export function hopDetail(hop: Hop): string {
  if (hop.kind === 'nat') return hop.rule;
  return hop.kind === 'conntrack' ? hop.entry : '';
}

function whyItEnds(why: WhyItEnds, detail: string): string {
  switch (why) {
    case 'no-namespace':
      return l10n.t('ends: {0} is not there', detail);
    case 'no-route':
      return l10n.t('ends: no route to {0}', detail);
    case 'unreachable':
      return l10n.t('ends: {0} is unreachable by its route', detail);
    case 'link-down':
      return l10n.t('ends: {0} is down', detail);
    case 'nobody-has-it':
      return l10n.t('ends: nobody has {0}', detail);
    case 'node-down':
      return l10n.t('ends: {0} does not run', detail);
    case 'cut-off':
      return l10n.t('ends: no frame gets to {0}', detail);
    case 'wrong-place':
      return l10n.t('ends: sent to the wrong place, {0} is not there', detail);
    case 'hidden':
      return l10n.t('it does not get to {0}; a fault is hidden here: find out where', detail);
    case 'loop':
      return l10n.t('ends: it goes round in a circle');
  }
}
