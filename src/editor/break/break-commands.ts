/** Break and heal from the menus. Nothing of a lab is lost for good, so nobody is asked; what was done has a way back. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { inject, mend, removeFault } from '../../lab/break/break-and-mend.js';
import type { Fault } from '../../lab/break/fault.js';
import type { LiveLab } from '../../lab/live-lab.js';
import { LabError } from '../../model/errors.js';
import type { Handlers } from '../commands.js';
import { type LabWord, chooseLab } from '../labs/choose-lab.js';
import { isRunning } from '../labs/lab-entry.js';
import type { Services } from '../services.js';
import type { TreeNode } from '../tree/labs-view.js';
import type { About } from '../tree/row.js';
import { type MoreFault, moreFaults, wrongFigure } from './more-faults.js';
import { runWizard } from '../declare/run-wizard.js';
import { one } from '../declare/step.js';
import { FAULT_COMMANDS, type FaultCommand, type Place, othersOf, placeOf, placesOf } from './fault-choices.js';

type FaultHandlers = Readonly<Record<FaultCommand, (node: TreeNode, more?: readonly TreeNode[]) => Promise<void>>>;

export function breakCommands(services: Services) {
  const { labs } = services;

  const nameOf = (key: string): string => labs.get(key)?.name ?? '';

  /** The rows that are selected, or the one that was clicked on beside them. */
  const targets = (node: TreeNode, more: readonly TreeNode[] = []): readonly TreeNode[] =>
    more.some(({ row }) => row.id === node.row.id) ? more : [node];

  const placeIn = (live: LiveLab, { row }: TreeNode): Place => {
    const place = placeOf(row.about, live.status);
    if (place) return place;
    throw new LabError(
      'NoMaster',
      l10n.t('{0} has no MASTER that could be broken.', row.about.name),
      l10n.t('Break a replica on the node that is meant.'),
    );
  };

  const strike = async (key: string, live: LiveLab, fault: Fault, done: string): Promise<void> => {
    await inject(live.running, live.lab, fault);
    void offerHealing(key, done);
  };

  const break_ = async (command: FaultCommand, nodes: readonly TreeNode[]): Promise<void> => {
    const choice = FAULT_COMMANDS[command]();
    for (const node of nodes) {
      const key = node.row.about.lab;
      await labs.withLive(nameOf(key), async (live) => {
        const place = placeIn(live, node);
        await strike(key, live, choice.fault(place, othersOf(place, live.status)), choice.done(place));
      });
    }
  };

  const breakHow = async (key: string, live: LiveLab, place: Place, all: readonly MoreFault[]): Promise<void> => {
    const title = place.router ? l10n.t('{0} on {1}', place.router.name, place.node) : place.node;
    const choices = all
      .filter(({ ofReplica }) => ofReplica === (place.router !== null))
      .map((choice) => ({ label: choice.label, detail: choice.detail, choice }));
    const how = await vscode.window.showQuickPick(choices, { title: l10n.t('{0}: break it how?', title) });
    if (!how) return;
    const figures = await askFigures(how.choice);
    if (figures === null) return;
    await strike(key, live, how.choice.fault(place, othersOf(place, live.status), figures), how.choice.done(place));
  };

  const faults = Object.fromEntries(
    (Object.keys(FAULT_COMMANDS) as FaultCommand[]).map((command) => [
      command,
      async (node: TreeNode, more?: readonly TreeNode[]) => {
        await break_(command, targets(node, more));
      },
    ]),
  ) as FaultHandlers;

  const onNode = async (node: TreeNode, work: string, act: (live: LiveLab, name: string) => Promise<string>) => {
    const key = node.row.about.lab;
    const title = `${nameOf(key)}: ${work}`;
    const said = await vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title }, () =>
      labs.withLive(nameOf(key), async (live) => {
        const text = await act(live, placeIn(live, node).node);
        await live.refresh();
        return text;
      }),
    );
    vscode.window.setStatusBarMessage(`$(check) ${said}`, 5000);
  };

  const healed = (node: string, steps: number): string =>
    steps === 0 ? l10n.t('{0}: nothing was broken', node) : l10n.t('{0} is healed', node);

  return {
    ...faults,
    'neutron-lab.partitionNode': async (node: TreeNode) => {
      const key = node.row.about.lab;
      await labs.withLive(nameOf(key), async (live) => {
        const place = { node: placeIn(live, node).node, router: null };
        const chosen = await vscode.window.showQuickPick(
          othersOf(place, live.status).map((label) => ({ label, picked: true })),
          {
            title: l10n.t('{0} loses which nodes?', place.node),
            placeHolder: l10n.t('All of the traffic between them is lost, in both directions'),
            canPickMany: true,
          },
        );
        if (!chosen || chosen.length === 0) return;
        const from = chosen.map(({ label }) => label);
        const done = l10n.t('{0} and {1} have lost each other.', place.node, from.join(', '));
        await strike(key, live, { kind: 'partition', node: place.node, from, router: null }, done);
      });
    },
    'neutron-lab.break': async (word?: LabWord) => {
      const entry = await chooseLab(services, word, {
        which: 'running',
        title: l10n.t('Break something in which lab?'),
      });
      await labs.withLive(entry.name, async (live) => {
        const where = await vscode.window.showQuickPick(
          placesOf(live.status).map(({ place, role }) => ({
            label: place.router ? l10n.t('{0} on {1}', place.router.name, place.node) : place.node,
            description: role ?? l10n.t('node'),
            iconPath: new vscode.ThemeIcon(place.router ? 'circuit-board' : 'vm'),
            place,
          })),
          { title: l10n.t('{0}: break what?', entry.name), matchOnDescription: true },
        );
        if (!where) return;
        const { place } = where;
        const plain = Object.values(FAULT_COMMANDS).map((choice) => ({ ...choice(), figures: [] }));
        await breakHow(entry.key, live, place, [...plain, ...moreFaults()]);
      });
    },
    'neutron-lab.breakMore': async (node: TreeNode) => {
      const key = node.row.about.lab;
      await labs.withLive(nameOf(key), async (live) => {
        const place = placeIn(live, node);
        await breakHow(key, live, place, moreFaults());
      });
    },
    'neutron-lab.killDhcpServer': async ({ row: { about } }: TreeNode) => {
      await labs.withLive(nameOf(about.lab), async (live) => {
        const node = await serverOf(live, about);
        if (node === null) return;
        const done = l10n.t('The DHCP server of {0} was killed on {1}.', about.name, node);
        await strike(about.lab, live, { kind: 'dhcp', node, network: about.id }, done);
      });
    },
    'neutron-lab.healNode': async (node: TreeNode) => {
      await onNode(node, l10n.t('healing'), async (live, name) =>
        healed(name, await mend(live.running, live.lab, name)),
      );
    },
    'neutron-lab.startNode': async (node: TreeNode) => {
      await onNode(node, l10n.t('starting a node'), async (live, name) => {
        await mend(live.running, live.lab, name);
        return l10n.t('{0} runs', name);
      });
    },
    'neutron-lab.restartNode': async (node: TreeNode) => {
      await onNode(node, l10n.t('restarting a node'), async (live, name) => {
        await inject(live.running, live.lab, { kind: 'node', node: name, graceful: true });
        await mend(live.running, live.lab, name);
        return l10n.t('{0} was restarted', name);
      });
    },
    'neutron-lab.healFault': async (word?: TreeNode) => {
      const entry = await chooseLab(services, word, { which: 'running', title: l10n.t('Heal which lab?') });
      await labs.withLive(entry.name, async (live) => {
        const only = word?.row.about.node;
        const items = live.status.nodes
          .filter(({ name }) => only === undefined || name === only)
          .flatMap(({ name, faults: own }) => own.map((label) => ({ label, description: name })));
        if (items.length === 0) {
          vscode.window.setStatusBarMessage(l10n.t('{0}: nothing was broken', entry.name), 5000);
          return;
        }
        const chosen = await vscode.window.showQuickPick(items, { title: l10n.t('Heal which fault?') });
        if (!chosen) return;
        await removeFault(live.running, live.lab, chosen.description, chosen.label);
        await live.refresh();
      });
    },
  } satisfies Handlers;

  /** Not in the way: it goes by itself, and the row has the button, too. */
  async function offerHealing(key: string, done: string): Promise<void> {
    const heal = l10n.t('Heal');
    const chosen = await vscode.window.showInformationMessage(done, heal);
    const entry = labs.get(key);
    if (chosen === heal && entry && isRunning(entry)) await vscode.commands.executeCommand('neutron-lab.healAll', key);
  }
}

/** @returns Null when nobody answered: nothing is broken. */
async function askFigures({ label, figures }: MoreFault): Promise<Record<string, number> | null> {
  if (figures.length === 0) return {};
  const answers = await runWizard({
    title: label,
    steps: () => figures.map(({ key, prompt, proposal }) => ({ ask: 'text', key, prompt, proposal: String(proposal) })),
    wrong: (given) => {
      const last = figures.findLast(({ key }) => given[key] !== undefined);
      return last ? wrongFigure(last, one(given, last.key) ?? '') : null;
    },
  });
  return answers && Object.fromEntries(figures.map(({ key }) => [key, Number(one(answers, key))]));
}

/** The node whose DHCP server is meant; null when nobody chose one. @throws LabError where there is none */
async function serverOf({ lab }: LiveLab, { id, name }: About): Promise<string | null> {
  const nodes = lab.network_dhcp_agents[id] ?? [];
  const [only, ...more] = nodes;
  if (only === undefined)
    throw new LabError(
      'NoDhcpServer',
      l10n.t('{0} has no DHCP server.', name),
      l10n.t('One of its subnets needs enable_dhcp.'),
    );
  if (more.length === 0) return only;
  return (await vscode.window.showQuickPick(nodes, { title: l10n.t('{0}: break what?', name) })) ?? null;
}
