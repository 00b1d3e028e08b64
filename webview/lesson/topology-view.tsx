/** The lab as it is at this moment: networks with what hangs on them, nodes with what lives in them. */
import * as l10n from '@vscode/l10n';
import type { TopologyCard } from '../../src/editor/lessons/card.js';
import type { BoxShape, NodeShape, Picture } from '../../src/picture/picture.js';
import { said, titleOf, tone } from '../canvas/box-words.js';
import { hueClass } from '../canvas/hue.js';
import { isTrouble, stateWord } from '../canvas/node-words.js';
import { RoleBadge } from '../canvas/role.js';
import type { CardProps } from './card-view.js';
import { LogicalView } from './logical-view.js';
import { useFeed } from './use-feed.js';

/** Boxes of a node that are shown; the picture has all. */
const MOST = 6;

export function TopologyView({ card, ...rest }: CardProps<TopologyCard>) {
  const moment = useFeed(rest, true);
  const picture = moment?.picture ?? card.picture;
  if (picture === null) return <p className="card quiet">{l10n.t('There is nothing to show: the lab has no file.')}</p>;
  return (
    <div className="card topology">
      {picture.state === 'stopped' ? (
        <p className="quiet">{l10n.t('The lab does not run: this is what its file declares.')}</p>
      ) : (
        <Roles picture={picture} />
      )}
      {picture.hiddenFault ? <p className="hidden-fault">{l10n.t('A fault is hidden here: find it.')}</p> : null}
      <div className="layers">
        <LogicalView picture={picture} />
        <div className="hosts">
          {picture.nodes.map((node) => (
            <Host key={node.name} node={node} />
          ))}
        </div>
      </div>
      <div className="buttons">
        <button
          className="secondary"
          onClick={() => {
            rest.post({ type: 'act', cell: rest.cell, act: 'topology' });
          }}
        >
          {l10n.t('Open the Whole Picture')}
        </button>
      </div>
    </div>
  );
}

/** In words, for those who do not see the picture; a change is read out. */
function Roles({ picture }: { readonly picture: Picture }) {
  const roles = picture.routers
    .filter(({ ha }) => ha)
    .map(({ name, active }) =>
      active.length === 0 ? l10n.t('{0}: no MASTER', name) : l10n.t('{0}: MASTER on {1}', name, active.join(', ')),
    );
  return roles.length === 0 ? null : (
    <p className="roles-line" role="status">
      {roles.join(' · ')}
    </p>
  );
}

function Host({ node }: { readonly node: NodeShape }) {
  const active = node.boxes.some(({ role }) => role === 'MASTER');
  return (
    <section className={`host is-${node.state} ${active ? 'active' : ''}`} aria-label={node.name}>
      <header>
        <strong>{node.name}</strong>
        <span className={isTrouble(node) ? 'trouble' : 'quiet'}>{stateWord(node)}</span>
      </header>
      {node.boxes.slice(0, MOST).map((box) => (
        <Box key={box.namespace} box={box} />
      ))}
      {node.boxes.length > MOST ? <p className="quiet">{l10n.t('and {0} more', node.boxes.length - MOST)}</p> : null}
    </section>
  );
}

function Box({ box }: { readonly box: BoxShape }) {
  return (
    <div className={`box box-${box.kind} is-${box.state} ${hueClass(box.hue)}`}>
      <div className="box-head">
        <span className="mono">{titleOf(box)}</span>
        {box.kind === 'instance' ? null : <span className="quiet owner">{box.name}</span>}
        {box.role === null ? null : <RoleBadge role={box.role} />}
      </div>
      {box.lines.map((line) => (
        <div key={line.say} className={`line ${tone(line)}`}>
          {said(line)}
        </div>
      ))}
      {box.worn.length === 0 ? null : (
        <div className="chips">
          {box.worn.map(({ address, hue, kind }) => (
            <span key={address} className={`chip mono ${hueClass(hue)} ${kind}`}>
              {address}
            </span>
          ))}
        </div>
      )}
    </div>
  );
}
