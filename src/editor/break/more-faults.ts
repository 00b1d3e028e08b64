/** The rest of what can be broken: behind "More…", since some of it asks for a figure and all of it would be a long menu. Pure. */
import * as l10n from '@vscode/l10n';
import type { ConfigChange, Fault } from '../../lab/break/fault.js';
import type { Place } from './fault-choices.js';

/** A whole number that is asked for. */
export interface Figure {
  readonly key: string;
  readonly prompt: string;
  readonly proposal: number;
  readonly lowest: number;
  readonly highest: number;
}

export type Figures = Readonly<Record<string, number>>;

export interface MoreFault {
  readonly label: string;
  readonly detail: string;
  /** Of a replica; else of a whole node. */
  readonly ofReplica: boolean;
  readonly figures: readonly Figure[];
  readonly fault: (place: Place, others: readonly string[], figures: Figures) => Fault;
  /** What was done, a sentence. */
  readonly done: (place: Place) => string;
}

const name = ({ router }: Place): string => router?.name ?? '';

/** @param figure The only one that was asked for */
function keepalivedConf(
  words: Pick<MoreFault, 'label' | 'detail'>,
  figure: Figure | null,
  change: (figure: number) => ConfigChange,
  done: MoreFault['done'],
): MoreFault {
  return {
    ...words,
    ofReplica: true,
    figures: figure ? [figure] : [],
    fault: ({ node, router }, _others, figures) => ({
      kind: 'config',
      node,
      router: router?.id ?? '',
      change: change(figures[figure?.key ?? ''] ?? 0),
    }),
    done,
  };
}

function keepalived(
  words: Pick<MoreFault, 'label' | 'detail'>,
  how: 'kill' | 'kill-child' | 'reload',
  respawn: boolean,
  done: (place: Place) => string,
): MoreFault {
  return {
    ...words,
    ofReplica: true,
    figures: [],
    fault: ({ node, router }) => ({ kind: 'keepalived', node, router: router?.id ?? '', how, respawn }),
    done,
  };
}

export function moreFaults(): readonly MoreFault[] {
  return [
    keepalived(
      {
        label: l10n.t('Kill keepalived for good'),
        detail: l10n.t('The agent’s process monitor does not start it again.'),
      },
      'kill',
      false,
      (place) => l10n.t('keepalived of {0} was killed on {1}, and stays so.', name(place), place.node),
    ),
    keepalived(
      {
        label: l10n.t('Kill the process of keepalived that speaks VRRP'),
        detail: l10n.t('Its parent starts another one a second later.'),
      },
      'kill-child',
      true,
      (place) => l10n.t('keepalived of {0} lost the process that speaks VRRP on {1}.', name(place), place.node),
    ),
    keepalived(
      {
        label: l10n.t('Have keepalived read its configuration again'),
        detail: l10n.t('SIGHUP, as the agent does at every change of a router.'),
      },
      'reload',
      true,
      (place) => l10n.t('keepalived of {0} on {1} read its configuration again.', name(place), place.node),
    ),
    keepalivedConf(
      {
        label: l10n.t('Change its priority by hand'),
        detail: l10n.t('Neutron gives each replica 50, and forbids to preempt.'),
      },
      { key: 'priority', prompt: l10n.t('Which priority?'), proposal: 100, lowest: 1, highest: 254 },
      (value) => ({ what: 'priority', value }),
      (place) => l10n.t('keepalived of {0} on {1} has another priority.', name(place), place.node),
    ),
    keepalivedConf(
      {
        label: l10n.t('Change its interval of advertisements by hand'),
        detail: l10n.t('VRRPv2 drops advertisements with an interval that is not one’s own.'),
      },
      { key: 'advert_int', prompt: l10n.t('How many seconds?'), proposal: 5, lowest: 1, highest: 255 },
      (value) => ({ what: 'advert_int', value }),
      (place) => l10n.t('keepalived of {0} on {1} has another interval.', name(place), place.node),
    ),
    keepalivedConf(
      {
        label: l10n.t('Give it another VRID'),
        detail: l10n.t('That of another router is a duplicate; any other one makes it a stranger to its own.'),
      },
      { key: 'vrid', prompt: l10n.t('Which VRID?'), proposal: 2, lowest: 1, highest: 254 },
      (value) => ({ what: 'virtual_router_id', value }),
      (place) => l10n.t('keepalived of {0} on {1} has another VRID.', name(place), place.node),
    ),
    keepalivedConf(
      {
        label: l10n.t('Damage its keepalived.conf'),
        detail: l10n.t('The file breaks off in the middle, and keepalived is told to read it.'),
      },
      null,
      () => ({ what: 'damaged' }),
      (place) => l10n.t('keepalived.conf of {0} on {1} is damaged.', name(place), place.node),
    ),
    {
      label: l10n.t('Forget its connections'),
      detail: l10n.t('conntrack -F: what is translated is translated anew, or not at all.'),
      ofReplica: true,
      figures: [],
      fault: ({ node, router }) => ({ kind: 'conntrack', node, router: router?.id ?? '' }),
      done: (place) => l10n.t('The connections of {0} on {1} are forgotten.', name(place), place.node),
    },
    {
      label: l10n.t('Lower the MTU of its internal interfaces'),
      detail: l10n.t('What is longer is answered with ICMP, or vanishes.'),
      ofReplica: true,
      figures: [{ key: 'mtu', prompt: l10n.t('How many bytes?'), proposal: 1200, lowest: 68, highest: 65_535 }],
      fault: ({ node, router }, _others, { mtu = 1200 }) => ({
        kind: 'mtu',
        node,
        router: router?.id ?? '',
        device: 'qr',
        mtu,
      }),
      done: (place) => l10n.t('The internal interfaces of {0} on {1} carry less.', name(place), place.node),
    },
    {
      label: l10n.t('Lose its advertisements one way'),
      detail: l10n.t('The others do not hear it any more, it hears them.'),
      ofReplica: true,
      figures: [],
      fault: ({ node, router }, others) => ({
        kind: 'partition',
        node,
        from: others,
        router: router?.id ?? null,
        oneWay: true,
      }),
      done: (place) => l10n.t('The others do not hear the advertisements of {0} on {1}.', name(place), place.node),
    },
    {
      label: l10n.t('Kill its L3 agent'),
      detail: l10n.t('keepalived and the kernel go on; nobody starts again what dies, and nobody follows the roles.'),
      ofReplica: false,
      figures: [],
      fault: ({ node }) => ({ kind: 'agent', node, how: 'kill' }),
      done: ({ node }) => l10n.t('The L3 agent of {0} was killed.', node),
    },
    {
      label: l10n.t('Make its link slow and lossy'),
      detail: l10n.t('What it sends to other nodes is held back, and some of it lost.'),
      ofReplica: false,
      figures: [
        { key: 'delay', prompt: l10n.t('How many milliseconds later?'), proposal: 100, lowest: 0, highest: 60_000 },
        { key: 'jitter', prompt: l10n.t('Give or take how many?'), proposal: 20, lowest: 0, highest: 60_000 },
        {
          key: 'loss',
          prompt: l10n.t('How many packets of a hundred are lost?'),
          proposal: 5,
          lowest: 0,
          highest: 100,
        },
      ],
      fault: ({ node }, _others, { delay = 0, jitter = 0, loss = 0 }) => ({
        kind: 'impair',
        node,
        delay,
        jitter,
        loss,
        rate: 0,
      }),
      done: ({ node }) => l10n.t('What {0} sends to other nodes is late, or lost.', node),
    },
    {
      label: l10n.t('Throttle its link'),
      detail: l10n.t('What it sends to other nodes is limited to so many kilobits a second.'),
      ofReplica: false,
      figures: [
        { key: 'rate', prompt: l10n.t('How many kilobits a second?'), proposal: 512, lowest: 1, highest: 10_000_000 },
      ],
      fault: ({ node }, _others, { rate = 512 }) => ({ kind: 'impair', node, delay: 0, jitter: 0, loss: 0, rate }),
      done: ({ node }) => l10n.t('The link of {0} is throttled.', node),
    },
    {
      label: l10n.t('Cut it off one way'),
      detail: l10n.t('The other nodes do not hear it any more, it hears them.'),
      ofReplica: false,
      figures: [],
      fault: ({ node }, others) => ({ kind: 'partition', node, from: others, router: null, oneWay: true }),
      done: ({ node }) => l10n.t('The other nodes do not hear {0} any more.', node),
    },
  ];
}

/** What speaks against an answer; null when nothing does. */
export function wrongFigure({ lowest, highest }: Figure, answer: string): string | null {
  const right = /^\d{1,9}$/.test(answer) && Number(answer) >= lowest && Number(answer) <= highest;
  return right ? null : l10n.t('It is a whole number from {0} to {1}.', lowest, highest);
}
