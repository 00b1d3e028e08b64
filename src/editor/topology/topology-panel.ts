/** One panel: what the lab is, told to its page whole each time something changed; and what a person wants, done. */
import * as vscode from 'vscode';
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
import { type Export, saveExport, withWhole } from './export-file.js';
import { LabRecording } from './lab-recording.js';
import { chooseProbe } from './choose-probe.js';
import { chooseRun } from './recorded-run.js';
import { BUTTONS, UNDOING } from './page-buttons.js';
import { iconOf, pageOf } from './page.js';
import type { TopologyHost } from './panels.js';
import { PositionFile } from './position-file.js';
import { RecordingFile } from './recording-file.js';
import { rowWithin } from './row-refs.js';
import { snapshotOf } from './snapshot.js';
import { walkLive } from './walk-live.js';

/** Milliseconds in which a file is renamed, at the most. */
const RENAMING = 5000;

export class TopologyPanel implements vscode.Disposable {
  private readonly own = new DisposableList();
  private readonly positions: PositionFile;
  private following: { readonly name: string; readonly end: vscode.Disposable } | null = null;
  private readonly media: vscode.Uri;
  private readonly kept: RecordingFile | null;
  private readonly recording: LabRecording;
  private readonly consoles: Consoles;
  private runs: RunsToCompare['runs'] = [];
  private wish: FollowFrom | null = null;
  private ready = false;
  private revision = 0;
  private told = '';
  private soon: NodeJS.Timeout | null = null;
  private held: NodeJS.Timeout | null = null;

  constructor(
    private readonly host: TopologyHost,
    private readonly panel: vscode.WebviewPanel,
    private key: string,
  ) {
    const { labs, engine, context } = host;
    const media = (this.media = vscode.Uri.joinPath(context.extensionUri, 'dist', 'webview'));
    this.positions = this.own.add(new PositionFile(labs.get(key)?.uri ?? null, key, context.workspaceState));
    const tell = (part: TimelinePart): void => {
      if (panel.visible) void panel.webview.postMessage(part);
    };
    this.kept = host.recordings === null ? null : new RecordingFile(host.recordings, key);
    this.recording = new LabRecording(host, tell, this.kept);
    this.consoles = this.own.add(
      new Consoles(host, (message) => {
        void panel.webview.postMessage(message);
      }),
    );
    panel.webview.options = { enableScripts: true, localResourceRoots: [media] };
    panel.iconPath = iconOf(context);
    this.own.add(
      labs.onDidChange((changed) => {
        if (changed === null || changed === this.key) this.tellSoon();
      }),
    );
    this.own.add(this.positions.onDidChange(this.tellSoon));
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
        if (this.held) clearTimeout(this.held);
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

  /** Its file is about to be renamed, and is nowhere for a moment: from that nothing is concluded. */
  hold(): void {
    if (this.held) clearTimeout(this.held);
    this.held = setTimeout(this.release, RENAMING);
  }

  readonly release = (): void => {
    if (this.held) clearTimeout(this.held);
    this.held = null;
    this.tellSoon();
  };

  /** Its file has another name; all else is as it was, and its past remains. @param key Known to the store already */
  async moveTo(key: string, uri: vscode.Uri): Promise<void> {
    this.key = key;
    this.kept?.moveTo(key);
    this.release();
    this.tellKey();
    await this.positions.moveTo(uri, key);
  }

  dispose(): void {
    this.own.dispose();
  }

  /** A lab is followed while its picture is open: what happens behind another tab is in its clock. */
  private look(): void {
    if (this.held) return;
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
    if (this.held) return;
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

  /** By which its panel is restored; a page that begins anew has the one with which its panel was opened. */
  private tellKey(): void {
    void this.panel.webview.postMessage({ type: 'renamed', lab: this.key } satisfies ToPage);
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
  private readonly tellSoon = (): void => {
    this.soon ??= setTimeout(() => {
      this.soon = null;
      this.look();
      this.tell();
      void this.record();
    }, 0);
  };

  private tell(again = false): void {
    if (!this.panel.visible || this.held) return;
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
        this.tellKey();
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
      case 'consoleSize':
      case 'consoleClose':
        this.consoles.take(message);
        return;
      case 'export':
        await this.export(message);
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

  private async export(message: Export): Promise<void> {
    const { media, runs, host } = this;
    const { timeline } = this.recording;
    const whole = timeline && { timeline, runs, media, words: host.words, snapshot: () => this.snapshot() };
    const name = host.labs.get(this.key)?.name ?? 'lab';
    await saveExport(name, whole === null ? message : await withWhole(message, whole));
  }

  private about(id: string): About | null {
    return this.row(id)?.about ?? null;
  }

  private row(id: string): Row | null {
    const lab = this.host.rowsOf(this.key);
    return lab && rowWithin(lab, id);
  }
}

/** A snapshot without what differs each time. */
function told(snapshot: Snapshot): string {
  return JSON.stringify({ ...snapshot, revision: 0 });
}
