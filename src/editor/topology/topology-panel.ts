/** One panel: what the lab is, told to its page whole each time something changed; and what a person wants, done. */
import * as vscode from 'vscode';
import { writeTimeline } from '../../experiment/timeline/json-lines.js';
import { standalonePage } from '../../picture/standalone.js';
import {
  type FollowFrom,
  type FromPage,
  type RunsToCompare,
  type Snapshot,
  type TimelinePart,
  type ToPage,
  fromPage,
} from '../../picture/messages.js';
import { DisposableList } from '../disposable-list.js';
import type { About, Row } from '../tree/row.js';
import { Consoles } from './consoles.js';
import { saveExport } from './export-file.js';
import { LabRecording } from './lab-recording.js';
import { chooseProbe } from './choose-probe.js';
import { chooseRun } from './recorded-run.js';
import { pageOf } from './page.js';
import type { TopologyHost } from './panels.js';
import { PositionFile } from './position-file.js';
import { RecordingFile } from './recording-file.js';
import { snapshotOf } from './snapshot.js';
import { walkLive } from './walk-live.js';

/** What a button or a key of the page may run; everything else is in the menus, which are VS Code's. */
const BUTTONS: ReadonlySet<string> = new Set(
  ['openTerminal', 'openLabFile', 'up', 'break', 'healAll', 'failover', 'undo', 'redo', 'rename', 'delete'].map(
    (verb) => `neutron-lab.${verb}`,
  ),
);

/** These go by way of the file's editor, and the keyboard comes back. */
const UNDOING: ReadonlySet<string> = new Set(['neutron-lab.undo', 'neutron-lab.redo']);

export class TopologyPanel implements vscode.Disposable {
  private readonly own = new DisposableList();
  private readonly positions: PositionFile;
  private following: { readonly name: string; readonly end: vscode.Disposable } | null = null;
  private readonly media: vscode.Uri;
  private readonly recording: LabRecording;
  private readonly consoles: Consoles;
  private runs: RunsToCompare['runs'] = [];
  private wish: FollowFrom | null = null;
  private ready = false;
  private revision = 0;
  private told = '';
  private soon: NodeJS.Timeout | null = null;

  constructor(
    private readonly host: TopologyHost,
    private readonly panel: vscode.WebviewPanel,
    private readonly key: string,
  ) {
    const { labs, engine, context } = host;
    const media = vscode.Uri.joinPath(context.extensionUri, 'dist', 'webview');
    this.media = media;
    this.positions = this.own.add(new PositionFile(labs.get(key)?.uri ?? null, key, context.workspaceState));
    const tell = (part: TimelinePart): void => {
      if (panel.visible) void panel.webview.postMessage(part);
    };
    this.recording = new LabRecording(
      host,
      tell,
      host.recordings === null ? null : new RecordingFile(host.recordings, key),
    );
    this.consoles = this.own.add(
      new Consoles(host, (message) => {
        void panel.webview.postMessage(message);
      }),
    );
    panel.webview.options = { enableScripts: true, localResourceRoots: [media] };
    const icon = (theme: string): vscode.Uri =>
      vscode.Uri.joinPath(context.extensionUri, `src/editor/media/router-${theme}.svg`);
    panel.iconPath = { light: icon('light'), dark: icon('dark') };
    this.own.add(
      labs.onDidChange((changed) => {
        if (changed === null || changed === key) this.tellSoon();
      }),
    );
    this.own.add(
      this.positions.onDidChange(() => {
        this.tellSoon();
      }),
    );
    this.own.add(
      panel.onDidChangeViewState(() => {
        // A page that is covered is gone.
        if (!panel.visible) this.ready = false;
        this.look();
      }),
    );
    this.own.add(
      panel.webview.onDidReceiveMessage((message: unknown) => {
        const parsed = fromPage.safeParse(message);
        if (parsed.success) void this.take(parsed.data).catch((error: unknown) => host.report(error));
      }),
    );
    this.own.add(
      new vscode.Disposable(() => {
        engine.keepLooking(false, this);
        this.following?.end.dispose();
        void this.recording.end();
        if (this.soon) clearTimeout(this.soon);
      }),
    );
    this.look();
    void this.positions.read().then(() => {
      const first = this.snapshot();
      this.told = told(first);
      panel.webview.html = pageOf(panel.webview, media, { lab: key, words: host.words, first });
    });
  }

  reveal(): void {
    this.panel.reveal();
  }

  /** A probe that begins or ends there, as a person chooses. @throws LabError where there cannot be one */
  async probeAt({ name }: About): Promise<void> {
    const { picture } = this.snapshot();
    const probe = picture === null ? null : await chooseProbe(picture, name);
    if (probe !== null) await this.recording.probe((probes) => probes.start(probe));
  }

  /** The page of a panel that has just been opened is told when it is there. */
  follow(wish: FollowFrom): void {
    this.wish = wish;
    if (this.ready) this.tellWish();
  }

  dispose(): void {
    this.own.dispose();
  }

  /** A lab is followed while its picture is open: what happens behind another tab is in its clock. */
  private look(): void {
    const { labs, engine } = this.host;
    engine.keepLooking(this.panel.visible && vscode.workspace.isTrusted, this);
    const name = labs.get(this.key)?.name ?? null;
    if (this.following?.name === name) return;
    this.following?.end.dispose();
    this.following = name === null ? null : { name, end: labs.follow(name) };
    this.tellSoon();
  }

  /** From when its picture was opened until it is closed, also while another tab is in front of it. */
  private async record(): Promise<void> {
    try {
      await this.recording.follow(this.host.labs.get(this.key)?.live ?? null);
    } catch {
      // The lab went while it was asked; the next change tells.
    }
  }

  /** With what was recorded before, here or by an experiment. */
  private async compare(): Promise<void> {
    const run = await chooseRun();
    if (run === null) return;
    this.runs = [...this.runs.filter(({ name }) => name !== run.name), run];
    this.tellRuns(true);
  }

  private tellWish(): void {
    if (this.wish !== null) void this.panel.webview.postMessage(this.wish satisfies ToPage);
    this.wish = null;
  }

  private tellRuns(show: boolean): void {
    if (this.runs.length > 0)
      void this.panel.webview.postMessage({ type: 'runs', runs: this.runs, show } satisfies ToPage);
  }

  private snapshot(): Snapshot {
    this.revision += 1;
    return snapshotOf(this.host, this.key, this.positions.known, this.revision);
  }

  /** Several changes at once are one. */
  private tellSoon(): void {
    this.soon ??= setTimeout(() => {
      this.soon = null;
      this.look();
      this.tell();
      void this.record();
    }, 0);
  }

  private tell(again = false): void {
    if (!this.panel.visible) return;
    const snapshot = this.snapshot();
    const text = told(snapshot);
    if (!again && text === this.told) return;
    this.told = text;
    void this.panel.webview.postMessage(snapshot);
  }

  private async take(message: FromPage): Promise<void> {
    switch (message.type) {
      case 'ready':
        // A page that begins anew has no screens.
        this.consoles.dispose();
        this.tell(true);
        this.recording.resend();
        this.tellRuns(false);
        this.ready = true;
        this.tellWish();
        return;
      case 'resend':
        this.recording.resend();
        return;
      case 'compare':
        await this.compare();
        return;
      case 'probe':
        await this.recording.probe((probes) => (message.on ? probes.startThroughRouters() : probes.stopAll()));
        return;
      case 'probeBetween':
        await this.recording.probe((probes) => probes.start(message));
        return;
      case 'probeStop':
        await this.recording.probe((probes) => probes.stop(message.id));
        return;
      case 'walk': {
        const live = this.host.labs.get(this.key)?.live ?? null;
        const hops = live === null ? [] : await walkLive(live, message.from, message.to);
        await this.panel.webview.postMessage({ type: 'walked', id: message.id, hops } satisfies ToPage);
        return;
      }
      case 'console': {
        const about = this.about(message.row);
        if (vscode.workspace.isTrusted) await this.consoles.open(this.host.labs.get(this.key), about, message);
        return;
      }
      case 'consoleInput':
        this.consoles.input(message);
        return;
      case 'consoleSize':
        this.consoles.resize(message);
        return;
      case 'consoleClose':
        this.consoles.close(message.id);
        return;
      case 'export':
        await saveExport(this.host.labs.get(this.key)?.name ?? 'lab', await this.exported(message));
        return;
      case 'move':
        await this.positions.write(message.positions);
        return;
      case 'connect': {
        const [from, to] = [this.about(message.from), this.about(message.to)];
        if (from && to) await this.host.join(from, to);
        // The file may have come to the front to be saved; who draws looks at the picture.
        if (!this.panel.visible) this.panel.reveal();
        return;
      }
      case 'command': {
        if (!BUTTONS.has(message.command)) return;
        const row = message.row === null ? null : this.row(message.row);
        await vscode.commands.executeCommand(message.command, row ? { row, parent: null } : this.key);
        if (UNDOING.has(message.command)) this.panel.reveal();
      }
    }
  }

  /** What the page cannot make itself: of HTML its own code, of a timeline what came before it was opened again. */
  private async exported(message: Extract<FromPage, { type: 'export' }>): Promise<typeof message> {
    const { timeline } = this.recording;
    if (timeline === null) return message;
    if (message.format === 'jsonl') return { ...message, content: writeTimeline(timeline) };
    if (message.format !== 'html') return message;
    const read = async (name: string): Promise<string> =>
      new TextDecoder().decode(await vscode.workspace.fs.readFile(vscode.Uri.joinPath(this.media, name)));
    const [code, style] = await Promise.all([read('main.js'), read('main.css')]);
    const { words } = this.host;
    const snapshot = this.snapshot();
    return {
      ...message,
      content: standalonePage({ snapshot, timeline, runs: this.runs, words, code, style, colours: message.content }),
    };
  }

  private about(id: string): About | null {
    return this.row(id)?.about ?? null;
  }

  private row(id: string): Row | null {
    const all = (row: Row): Row[] => [row, ...(row.children?.() ?? []).flatMap(all)];
    const lab = this.host.rowsOf(this.key);
    return lab ? (all(lab).find((row) => row.id === id) ?? null) : null;
  }
}

/** A snapshot without what differs each time. */
function told(snapshot: Snapshot): string {
  return JSON.stringify({ ...snapshot, revision: 0 });
}
