/** The logical layer as a still drawing: the layout of the picture, without its tools. */
import * as l10n from '@vscode/l10n';
import { useMemo } from 'react';
import { keyOf } from '../../src/picture/keys.js';
import type { Hue, Picture } from '../../src/picture/picture.js';
import { hueClass } from '../canvas/hue.js';
import { type Bar, barOf, wireOf } from '../canvas/wire.js';
import { layNetworks } from '../layout/networks.js';
import type { Laid } from '../layout/places.js';

const MARGIN = 6;

export function LogicalView({ picture }: { readonly picture: Picture }) {
  const { placed, cables } = useMemo(() => layNetworks(picture), [picture]);
  if (placed.length === 0) return null;
  const byKey = new Map(placed.map((one) => [one.key, one]));
  // Some cables go round what stands in their way, to the left of all.
  const lanes = cables.map(({ device, lane }) => (byKey.get(device)?.x ?? 0) - (lane ?? 0));
  const left = Math.min(...lanes, ...placed.map(({ x }) => x)) - MARGIN;
  const width = Math.max(...placed.map((one) => one.x + one.width)) + MARGIN - left;
  const height = Math.max(...placed.map((one) => one.y + one.height)) + 2 * MARGIN;
  const bars: Bar[] = placed.filter(({ kind }) => kind === 'network').map((one) => barOf(one.key, one));
  const hues = new Map<string, Hue>(picture.networks.map(({ id, hue }) => [keyOf.network(id), hue]));
  return (
    <svg
      className="logical"
      viewBox={`${left} ${-MARGIN} ${width} ${height}`}
      style={{ width }}
      role="img"
      aria-label={spoken(picture)}
    >
      {cables.map(({ id, device, network, dx, lane }) => {
        const from = byKey.get(device);
        const bar = bars.find(({ key }) => key === network);
        if (!from || !bar) return null;
        const { path } = wireOf(from, dx, lane, bar, bars);
        return <path key={id} className={`wire ${hueClass(hues.get(network) ?? null)}`} d={path} />;
      })}
      {placed.map((one) => (
        <Thing key={one.key} laid={one} picture={picture} hue={hues.get(one.key) ?? null} />
      ))}
    </svg>
  );
}

function Thing({ laid, picture, hue }: { readonly laid: Laid; readonly picture: Picture; readonly hue: Hue | null }) {
  const { key, kind, x, y, width, height } = laid;
  if (kind === 'network') {
    const network = picture.networks.find(({ id }) => keyOf.network(id) === key);
    return (
      <g className={`net ${hueClass(hue)}`} transform={`translate(${x} ${y})`}>
        <text x={0} y={13}>
          {network?.name}
        </text>
        <text className="mono quiet" x={width} y={13} textAnchor="end">
          {network?.subnets.map(({ cidr }) => cidr).join('  ')}
        </text>
        <rect x={0} y={height - 8} width={width} height={8} rx={4} />
      </g>
    );
  }
  const [name = '', below = '', tone = 'quiet'] = wordsOf(laid, picture);
  return (
    <g className={`thing ${kind}`} transform={`translate(${x} ${y})`}>
      <rect width={width} height={height} rx={7} />
      <text className="name" x={11} y={below === '' ? height / 2 + 4 : height / 2 - 5}>
        {name}
      </text>
      <text className={`mono ${tone}`} x={11} y={height / 2 + 13}>
        {below}
      </text>
    </g>
  );
}

/** Two lines, and the tone of the second one. */
function wordsOf({ key, kind }: Laid, picture: Picture): readonly string[] {
  switch (kind) {
    case 'router': {
      const router = picture.routers.find(({ id }) => keyOf.router(id) === key);
      if (!router) return [];
      const { name, ha, active, vrid } = router;
      const word = ha ? `HA${vrid === null ? '' : `, VRID ${vrid}`}` : l10n.t('legacy');
      if (picture.state === 'stopped') return [name, word];
      if (active.length === 0) return [name, ha ? `${word} · ${l10n.t('no MASTER')}` : word, ha ? 'trouble' : 'quiet'];
      return [name, `${word} · ${active.join(', ')}`, active.length > 1 ? 'trouble' : 'good'];
    }
    case 'instance': {
      const instance = picture.instances.find(({ id }) => keyOf.instance(id) === key);
      return [instance?.name ?? '', instance?.plugs.flatMap(({ addresses }) => addresses)[0] ?? ''];
    }
    default:
      return [l10n.t('outside')];
  }
}

function spoken({ networks, routers, instances }: Picture): string {
  const names = (all: readonly { readonly name: string }[]): string => all.map(({ name }) => name).join(', ');
  return [
    l10n.t('Networks: {0}', names(networks)),
    l10n.t('Routers: {0}', names(routers)),
    l10n.t('Instances: {0}', names(instances)),
  ].join('. ');
}
