/** What stands between a person and a lab that runs, kept as context keys for the welcome texts and as one row. */
import * as vscode from 'vscode';
import { LabError } from '../../model/errors.js';
import { DisposableList } from '../disposable-list.js';
import { CONTEXT, type ContextKey } from '../manifest/context-keys.js';
import { type EngineAccess, engineOptions } from './engine-access.js';
import type { Trouble } from './trouble.js';

const FORBIDDEN = 'EngineNoPermission';

/** Nothing answers; it may not be used; or somebody named one that is of no use, and no other will do. */
function wayMissing(error: LabError): 'missing' | 'forbidden' | 'unusable' {
  if (error.code === FORBIDDEN) return 'forbidden';
  return error.code === 'EngineNotFound' && !('named' in error && error.named === true) ? 'missing' : 'unusable';
}

export class Circumstances implements vscode.Disposable {
  private readonly own = new DisposableList();
  private readonly changed = this.own.add(new vscode.EventEmitter<undefined>());
  private readonly told = new Map<ContextKey, unknown>();
  private image: 'unknown' | 'there' | 'missing' = 'unknown';

  readonly onDidChange = this.changed.event;
  /** We could install an engine here: Debian or Ubuntu, and we are root. */
  canInstall = false;

  constructor(
    private readonly engine: EngineAccess,
    private readonly log: vscode.LogOutputChannel,
  ) {
    this.own.add(engine.onDidChange(() => void this.look()));
    this.own.add(
      vscode.workspace.onDidGrantWorkspaceTrust(() => {
        this.changed.fire(undefined);
      }),
    );
  }

  /** The worst of it; null where labs can be run, or where nobody has asked yet. */
  get trouble(): Trouble | null {
    if (!vscode.workspace.isTrusted) return { kind: 'untrusted' };
    const { state } = this.engine;
    if (state.kind === 'missing') {
      return { kind: 'engine', error: state.error, forbidden: state.error.code === FORBIDDEN };
    }
    return state.kind === 'there' && this.image === 'missing' ? { kind: 'image' } : null;
  }

  /** Whether the image is there may have changed. */
  async lookForImage(): Promise<void> {
    const { state } = this.engine;
    if (state.kind !== 'there') return;
    const { wantedImageTag } = await import('../../docker/image.js');
    try {
      this.setImage((await state.runtime.imageInfo(await wantedImageTag())) === null ? 'missing' : 'there');
    } catch (error) {
      this.log.debug(error instanceof LabError ? error.message : String(error));
    }
  }

  dispose(): void {
    this.own.dispose();
  }

  private async look(): Promise<void> {
    const { state } = this.engine;
    this.set('engine', state.kind === 'missing' ? wayMissing(state.error) : state.kind);
    this.changed.fire(undefined);
    if (state.kind === 'missing') await this.lookAtSystem();
    if (state.kind === 'there') await this.lookForImage();
    else this.setImage('unknown');
  }

  private async lookAtSystem(): Promise<void> {
    const { thisOperatingSystem } = await import('../../docker/operating-system.js');
    const { platform, debian } = await thisOperatingSystem();
    this.set('system', platform === 'linux' ? (debian ? 'debian' : 'linux') : 'desktop');
    const { plannedInstallation } = await import('../../docker/install-engine.js');
    // Where an engine is named that does not answer, another one would be of no use.
    this.canInstall = (await plannedInstallation(engineOptions()).catch(() => null)) !== null;
    this.set('canInstallEngine', this.canInstall);
  }

  private setImage(image: 'unknown' | 'there' | 'missing'): void {
    if (this.image === image) return;
    this.image = image;
    this.set('image', image);
    this.changed.fire(undefined);
  }

  private set(key: ContextKey, value: unknown): void {
    if (this.told.get(key) === value) return;
    this.told.set(key, value);
    void vscode.commands.executeCommand('setContext', CONTEXT[key], value);
  }
}
