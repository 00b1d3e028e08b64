/** Capture…: which interface, which packets, and where to. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { CAPTURE_FILTERS, type Capture, type CaptureFilter, filterWords } from '../../lab/capture.js';
import type { Handlers } from '../commands.js';
import { SETTING_WIRESHARK } from '../manifest/settings.js';
import type { Services } from '../services.js';
import type { TreeNode } from '../tree/labs-view.js';
import { captureDevices } from './capture-devices.js';
import { captureTerminal } from './capture-terminal.js';
import { type Chosen, choosePlace } from './inside-access.js';
import { RunningCaptures } from './running-captures.js';

export function captureCommands(services: Services) {
  const captures = new RunningCaptures(services);
  services.context.subscriptions.push(captures);
  return {
    'neutron-lab.capture': async (node?: TreeNode) => {
      const chosen = await choosePlace(services, node, { title: l10n.t('Capture where?') });
      const device = node?.row.about.device ?? (await chooseDevice(services, chosen));
      const filter = await chooseFilter();
      const capture = { target: chosen.place.target, device, filter: filter.words };
      const title = `${device} · ${chosen.place.title}`;
      await begin(services, captures, { ...chosen, capture, title, detailed: filter.detailed });
    },
    'neutron-lab.stopCapture': async () => {
      await captures.stop();
    },
  } satisfies Handlers;
}

async function begin(
  services: Services,
  captures: RunningCaptures,
  { lab, capture, title, detailed }: Chosen & { capture: Capture; title: string; detailed: boolean },
): Promise<void> {
  switch (await chooseOutlet(title)) {
    case 'list':
      captureTerminal(services, lab, capture, detailed, title);
      return;
    case 'file': {
      const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
      const name = `${title.replace(/[^\w.-]+/g, '-')}.pcap`;
      const file = await vscode.window.showSaveDialog({
        title: l10n.t('Capture {0} to', title),
        filters: { pcap: ['pcap'] },
        ...(folder ? { defaultUri: vscode.Uri.joinPath(folder, name) } : {}),
      });
      if (file) await captures.toFile(lab, capture, title, file);
      return;
    }
    case 'wireshark': {
      const setting = vscode.workspace.getConfiguration().get<string>(SETTING_WIRESHARK, '').trim();
      await captures.toWireshark(lab, capture, title, setting);
    }
  }
}

async function choose<T>(title: string, items: readonly (vscode.QuickPickItem & { value: T })[]): Promise<T> {
  const chosen = await vscode.window.showQuickPick(items, { title, matchOnDescription: true });
  if (!chosen) throw new vscode.CancellationError();
  return chosen.value;
}

async function chooseDevice({ labs }: Services, { lab, place }: Chosen): Promise<string> {
  const devices = await labs.withLive(lab, (live) => {
    const document = live.seen.get(place.target.node)?.document ?? null;
    return Promise.resolve(captureDevices(document, place.target.namespace, live.lab));
  });
  const items = devices.map(({ name, description }) => ({
    label: name,
    description,
    iconPath: new vscode.ThemeIcon(name === 'any' ? 'list-flat' : 'plug'),
    value: name,
  }));
  return await choose(l10n.t('Capture on which interface of {0}?', place.title), items);
}

async function chooseFilter(): Promise<{ readonly words: readonly string[]; readonly detailed: boolean }> {
  const preset = (label: string, description: string, value: CaptureFilter | 'own') => ({ label, description, value });
  const chosen = await choose(l10n.t('Which packets?'), [
    preset(l10n.t('All'), l10n.t('everything that passes'), 'all'),
    preset('VRRP', l10n.t('advertisements of HA routers'), 'vrrp'),
    preset('ARP', l10n.t('who has which address, gratuitous ones too'), 'arp'),
    preset('DHCP', l10n.t('with the options in detail'), 'dhcp'),
    preset('ICMP', l10n.t('pings and errors, neighbour discovery of IPv6'), 'icmp'),
    preset(l10n.t('Own Filter…'), 'pcap-filter(7)', 'own'),
  ]);
  if (chosen !== 'own') return { words: CAPTURE_FILTERS[chosen], detailed: chosen === 'dhcp' };
  const typed = await vscode.window.showInputBox({
    title: l10n.t('Which packets?'),
    prompt: l10n.t('An expression of pcap-filter(7), as tcpdump and Wireshark’s capture filter have it.'),
    placeHolder: 'tcp port 80 and host 192.168.10.5',
  });
  if (typed === undefined) throw new vscode.CancellationError();
  return { words: filterWords(typed), detailed: false };
}

async function chooseOutlet(title: string): Promise<'list' | 'file' | 'wireshark'> {
  const outlet = (label: string, description: string, icon: string, value: 'list' | 'file' | 'wireshark') => ({
    label,
    description,
    iconPath: new vscode.ThemeIcon(icon),
    value,
  });
  return await choose(l10n.t('Capture {0} to', title), [
    outlet(l10n.t('A List Here'), l10n.t('decoded, live'), 'list-tree', 'list'),
    outlet(l10n.t('A File'), 'pcap', 'save', 'file'),
    outlet('Wireshark', l10n.t('live'), 'link-external', 'wireshark'),
  ]);
}
