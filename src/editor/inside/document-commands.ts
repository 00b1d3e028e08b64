/** Show Configuration, Compare with What Should Be, Show Commands, Show Logs. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Shown } from '../../lab/show.js';
import { isRight } from '../../lab/show/part.js';
import type { Subject } from '../../lab/subject.js';
import { LabError } from '../../model/errors.js';
import type { Handlers } from '../commands.js';
import type { Services } from '../services.js';
import type { TreeNode } from '../tree/labs-view.js';
import { type DocumentAddress, parseQuery, partName } from './document-address.js';
import { lookAt } from './document-sources.js';
import { choosePlace } from './inside-access.js';
import { type LabDocuments, documentUri } from './lab-documents.js';
import { SCHEME } from './scheme.js';

type PartAddress = Extract<DocumentAddress, { what: 'part' }>;

export function documentCommands(services: Services, documents: LabDocuments) {
  return {
    'neutron-lab.showConfiguration': async (node?: TreeNode) => {
      const of = await choosePart(services, node, l10n.t('Show which part?'), false);
      await show(of);
    },
    'neutron-lab.compareConfiguration': async (word?: TreeNode | vscode.Uri) => {
      const own = word instanceof vscode.Uri ? partOf(word) : partOf(vscode.window.activeTextEditor?.document.uri);
      const node = word instanceof vscode.Uri ? undefined : word;
      if (own && !node) {
        const hidden = await services.labs.withLive(own.lab, (live) => Promise.resolve(live.status.hidden_fault));
        if (hidden) throw hiddenVerdict();
        await compare(own);
        return;
      }
      await compare(await choosePart(services, node, l10n.t('Compare which part?'), true));
    },
    'neutron-lab.showCommands': async (node?: TreeNode) => {
      const { lab, place } = await choosePlace(services, node, { title: l10n.t('Show the commands of what?') });
      await show({ what: 'commands', lab, node: place.target.node, subject: place.subject });
    },
    'neutron-lab.showLogs': async (node?: TreeNode) => {
      const title = l10n.t('Show the logs of which node?');
      const { lab, place } = await choosePlace(services, node, { title, only: 'nodes' });
      const { node: where } = place.target;
      const editor = await show({ what: 'log', lab, node: where, ...(await chooseLog(where, place.subject)) });
      const last = editor.document.lineCount - 1;
      editor.selection = new vscode.Selection(last, 0, last, 0);
      editor.revealRange(editor.selection);
    },
    'neutron-lab.refreshDocument': async (uri?: vscode.Uri) => {
      const shown = uri ?? vscode.window.activeTextEditor?.document.uri;
      if (shown?.scheme === SCHEME) await documents.refresh(shown);
    },
  } satisfies Handlers;
}

async function show(of: DocumentAddress): Promise<vscode.TextEditor> {
  return await vscode.window.showTextDocument(documentUri(of), { preview: true });
}

async function compare(of: PartAddress): Promise<void> {
  const { part, subject, node, lab } = of;
  const [is, should] = [documentUri({ ...of, side: 'is' }), documentUri({ ...of, side: 'should' })];
  const title = l10n.t('{0} · {1} · {2} · {3}: as it is ↔ as it should be', subject.name, node, lab, part);
  await vscode.commands.executeCommand('vscode.diff', is, should, title);
}

function partOf(uri: vscode.Uri | undefined): PartAddress | null {
  const of = uri?.scheme === SCHEME ? parseQuery(uri.query) : null;
  return of?.what === 'part' ? of : null;
}

function hiddenVerdict(): LabError {
  return new LabError(
    'FaultIsHidden',
    l10n.t('A fault is hidden here: until it is found, nothing says what should be.'),
    l10n.t('Show Configuration shows what is. Heal All Faults takes the fault away.'),
  );
}

interface PartItem extends vscode.QuickPickItem {
  readonly of?: PartAddress;
}

/** @throws LabError where the place has no parts; CancellationError */
async function choosePart(
  services: Services,
  node: TreeNode | undefined,
  title: string,
  wrongFirst: boolean,
): Promise<PartAddress> {
  const { lab, place } = await choosePlace(services, node, {
    title: l10n.t('Show the configuration of what?'),
    only: 'things',
  });
  const { subject, target } = place;
  if (subject === null) {
    throw new LabError(
      'NoSuchPlace',
      l10n.t('{0} belongs to no router, network or instance.', place.title),
      l10n.t('Choose one of these, or one of its namespaces.'),
    );
  }
  const shown = await services.labs.withLive(lab, async (live) => {
    // What somebody changed by hand is told by no event.
    await live.refresh();
    return lookAt(live, subject, target.node);
  });
  if (shown.hidden && wrongFirst) throw hiddenVerdict();
  const items = itemsOf(shown, { what: 'part', lab, node: target.node, subject, side: 'is', part: '' }, wrongFirst);
  return await pickPart(items, `${title} ${place.title}`);
}

function itemsOf({ parts, hidden }: Shown, of: PartAddress, wrongFirst: boolean): PartItem[] {
  const sorted = wrongFirst ? [...parts].sort((a, b) => Number(isRight(a)) - Number(isRight(b))) : parts;
  return sorted.map((part): PartItem => {
    const right = isRight(part);
    if (hidden) return { label: part.title, detail: part.where, of: { ...of, part: partName(part) } };
    return {
      label: part.title,
      description: right ? l10n.t('as it should be') : l10n.t('not as it should be'),
      detail: part.where,
      iconPath: right
        ? new vscode.ThemeIcon('pass', new vscode.ThemeColor('testing.iconPassed'))
        : new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground')),
      buttons: [{ iconPath: new vscode.ThemeIcon('diff'), tooltip: l10n.t('Compare with What Should Be') }],
      of: { ...of, part: partName(part) },
    };
  });
}

/** @throws CancellationError where nothing was chosen, or where it was compared instead */
async function pickPart(items: readonly PartItem[], title: string): Promise<PartAddress> {
  const pick = vscode.window.createQuickPick<PartItem>();
  try {
    pick.title = title;
    pick.items = items;
    pick.matchOnDescription = true;
    pick.matchOnDetail = true;
    return await new Promise<PartAddress>((resolve, reject) => {
      pick.onDidAccept(() => {
        const of = pick.selectedItems[0]?.of;
        if (of) resolve(of);
      });
      pick.onDidTriggerItemButton(({ item }) => {
        if (item.of) void compare(item.of);
        pick.hide();
      });
      pick.onDidHide(() => {
        reject(new vscode.CancellationError());
      });
      pick.show();
    });
  } finally {
    pick.dispose();
  }
}

type Log = Pick<Extract<DocumentAddress, { what: 'log' }>, 'log' | 'subject'>;

/** @param subject What was asked about: its own lines come first. */
async function chooseLog(node: string, subject: Subject | null): Promise<Log> {
  const own = subject === null || subject.kind === 'instance' ? [] : [ownLog(subject)];
  const items = [
    ...own,
    {
      label: l10n.t('System log'),
      description: '/var/log/syslog',
      detail: l10n.t('keepalived, dnsmasq, radvd and DHCP clients'),
      iconPath: new vscode.ThemeIcon('output'),
      of: { log: 'syslog', subject: null } as const,
    },
    {
      label: l10n.t('L3 agent'),
      description: '/var/log/neutron/neutron-l3-agent.log',
      detail: l10n.t('changes of state of HA routers, and what the agent did about them'),
      iconPath: new vscode.ThemeIcon('server-process'),
      of: { log: 'l3-agent', subject: null } as const,
    },
  ];
  const chosen = await vscode.window.showQuickPick(items, { title: l10n.t('Which log of {0}?', node) });
  if (!chosen) throw new vscode.CancellationError();
  return chosen.of;
}

function ownLog(subject: Subject): vscode.QuickPickItem & { readonly of: Log } {
  const { kind, name } = subject;
  return {
    label: kind === 'router' ? l10n.t('keepalived of {0}', name) : l10n.t('DHCP server of {0}', name),
    description: '/var/log/syslog',
    detail: l10n.t('only the lines of its own processes'),
    iconPath: new vscode.ThemeIcon('filter'),
    of: { log: 'syslog', subject },
  };
}
