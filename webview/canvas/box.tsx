/** A network namespace on its node. */
import { type CSSProperties, memo } from 'react';
import type { BoxShape } from '../../src/picture/picture.js';
import type { PlacedBox } from '../layout/places.js';
import { useLight } from '../lit.js';
import { store, useStore } from '../store.js';
import { menuOf, openTerminal } from '../thing.js';
import { said, titleOf, tone } from './box-words.js';
import { Chip } from './chip.js';
import { FarName } from './far-name.js';
import { hueClass } from './hue.js';
import { RoleBadge } from './role.js';

interface BoxProps {
  readonly box: BoxShape;
  readonly place: PlacedBox;
  readonly frozen: boolean;
}

export const Box = memo(function Box({ box, place, frozen }: BoxProps) {
  const { key, x, y, width, height } = place;
  const light = useLight(key);
  const menu = useStore(({ snapshot }) => menuOf(snapshot, key));
  const chosen = useStore((state) => state.chosen === key);
  const style: CSSProperties = { left: x, top: y, width, height };
  const title = titleOf(box);
  const classes = [
    'box',
    `box-${box.kind}`,
    `is-${box.state}`,
    frozen ? 'frozen' : '',
    hueClass(box.hue),
    light,
    chosen ? 'chosen' : '',
  ];
  return (
    <div
      className={classes.join(' ')}
      style={style}
      data-key={key}
      data-vscode-context={menu}
      role="group"
      tabIndex={0}
      aria-label={spoken(box)}
      onMouseEnter={() => {
        store.set({ hovered: key });
      }}
      onMouseLeave={() => {
        store.set({ hovered: null });
      }}
      onClick={(event) => {
        event.stopPropagation();
        store.set({ chosen: key });
      }}
      onDoubleClick={(event) => {
        event.stopPropagation();
        openTerminal(key);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter') openTerminal(key);
        else if (event.key === ' ') store.set({ chosen: key });
        else if (event.key === 'Escape') store.set({ chosen: null });
        else return;
        event.stopPropagation();
        event.preventDefault();
      }}
    >
      <div className="box-head">
        <span className="mono name">{title}</span>
        {box.kind === 'instance' ? null : <span className="owner">{box.name}</span>}
        {box.role === null ? null : <RoleBadge role={box.role} />}
      </div>
      {box.lines.map((line) => (
        <div key={line.say} className={`line ${tone(line)}`}>
          {said(line)}
        </div>
      ))}
      <Worn box={box} frozen={frozen && box.kind !== 'qrouter'} />
      <FarName name={box.name} width={width} height={height} />
    </div>
  );
});

function Worn({ box, frozen }: { readonly box: BoxShape; readonly frozen: boolean }) {
  // Of a frozen node nobody can tell, and its kernel has them still; of what an instance had once nothing is recorded.
  const untold = box.state === 'declared' || frozen || (box.kind === 'instance' && box.state === 'active');
  const ghosts = box.worn.length === 0 && untold ? box.should : [];
  if (box.worn.length + ghosts.length === 0) return null;
  return (
    <div className="chips">
      {box.worn.map((worn) => (
        <Chip key={worn.address} worn={worn} owner={box.id} />
      ))}
      {ghosts.map((worn) => (
        <Chip key={worn.address} worn={worn} owner={box.id} ghost />
      ))}
    </div>
  );
}

function spoken(box: BoxShape): string {
  const worn = box.worn.map(({ address }) => address);
  return [titleOf(box), box.name, box.role ?? '', ...box.lines.map(said), ...worn]
    .filter((part) => part !== '')
    .join(', ');
}
