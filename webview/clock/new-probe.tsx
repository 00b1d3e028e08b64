/** A probe between two ends, of the kind that a person wants. */
import * as l10n from '@vscode/l10n';
import { useState } from 'react';
import type { ProbeWord } from '../../src/model/scenario.js';
import type { Picture } from '../../src/picture/picture.js';
import { PROBE_KINDS, endsFor } from '../../src/picture/probe-ends.js';
import { store, usePicture } from '../store.js';
import { useTrack } from './use-track.js';

/** Beside the clock's other buttons, while it is live. */
export function NewProbe() {
  const picture = usePicture();
  const { live } = useTrack();
  const [open, setOpen] = useState(false);
  if (picture === null || !live) return null;
  return (
    <>
      <vscode-button
        appearance="secondary"
        aria-expanded={open}
        onClick={() => {
          setOpen(!open);
        }}
      >
        {l10n.t('New probe…')}
      </vscode-button>
      {open ? <Form picture={picture} /> : null}
    </>
  );
}

function Form({ picture }: { readonly picture: Picture }) {
  const [kind, setKind] = useState<ProbeWord>('http');
  const { from, to } = endsFor(picture, kind);
  const [chosen, choose] = useState({ from: '', to: '' });
  const begin = from.includes(chosen.from) ? chosen.from : (from[0] ?? '');
  const others = to.filter((one) => one !== begin);
  const end = others.includes(chosen.to) ? chosen.to : (others[0] ?? '');
  const whole = begin !== '' && (kind === 'dhcp' || end !== '');
  return (
    <form
      className="new-probe"
      onSubmit={(event) => {
        event.preventDefault();
        if (whole) store.transport?.post({ type: 'probeBetween', kind, from: begin, to: kind === 'dhcp' ? null : end });
      }}
    >
      <select
        aria-label={l10n.t('Kind of probe')}
        value={kind}
        onChange={({ target }) => {
          setKind(PROBE_KINDS.find(([one]) => one === target.value)?.[0] ?? 'ping');
        }}
      >
        {PROBE_KINDS.map(([value, label]) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
      <Ends
        label={l10n.t('From')}
        of={from}
        chosen={begin}
        choose={(one) => {
          choose({ from: one, to: end });
        }}
      />
      {kind === 'dhcp' ? (
        <span className="quiet">{l10n.t('renews its lease')}</span>
      ) : (
        <>
          <span aria-hidden="true">→</span>
          <Ends
            label={l10n.t('To')}
            of={others}
            chosen={end}
            choose={(one) => {
              choose({ from: begin, to: one });
            }}
          />
        </>
      )}
      <button type="submit" disabled={!whole}>
        {l10n.t('Start')}
      </button>
    </form>
  );
}

interface EndsProps {
  readonly label: string;
  readonly of: readonly string[];
  readonly chosen: string;
  readonly choose: (end: string) => void;
}

function Ends({ label, of, chosen, choose }: EndsProps) {
  return (
    <select
      aria-label={label}
      value={chosen}
      onChange={({ target }) => {
        choose(target.value);
      }}
    >
      {of.map((end) => (
        <option key={end}>{end}</option>
      ))}
    </select>
  );
}

/** In the label of the lane of a probe that runs: it ends. */
export function StopProbe({
  id,
  name,
  x,
  y,
}: {
  readonly id: string;
  readonly name: string;
  readonly x: number;
  readonly y: number;
}) {
  const stop = (): void => {
    store.transport?.post({ type: 'probeStop', id });
  };
  return (
    <g
      className="stop-probe"
      role="button"
      tabIndex={0}
      aria-label={l10n.t('Stop {0}', name)}
      transform={`translate(${x} ${y})`}
      onClick={stop}
      onKeyDown={({ key }) => {
        if (key === 'Enter' || key === ' ') stop();
      }}
    >
      <title>{l10n.t('Stop {0}', name)}</title>
      <rect x={-8} y={-8} width={16} height={16} rx={3} />
      <path d="M -3.5 -3.5 l 7 7 m 0 -7 l -7 7" />
    </g>
  );
}
