/** One VS Code for a test: server, data folder, workspace folder, browser, page. All of it ends with `close`. */
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';
import { ensureBrowser } from '../../../src/bootstrap/browser.mjs';
import { ensureBundled } from '../../../src/bootstrap/install.mjs';
import {
  installExtension,
  linkExtension,
  startServer,
  type Server,
  writeSettings,
} from '../../../src/bootstrap/vscode-server.mjs';
import { PATIENCE } from './until.js';
import { ensureVscode } from '../../../src/bootstrap/vscode.mjs';

export const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

export interface SessionOptions {
  /** Folders below `labs/` that are copied into the workspace. */
  readonly labs?: readonly string[];
  /** Files of the workspace: path to content. */
  readonly files?: Readonly<Record<string, string>>;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Of the extension host, beside this process's own; undefined takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** The workspace is not trusted. */
  readonly restricted?: boolean;
  /** The checkout as it is, by default; a file to install; or none. */
  readonly extension?: 'linked' | 'none' | { readonly vsix: string };
  /** Pixels of the window. */
  readonly size?: { readonly width: number; readonly height: number };
  /** More of the server's flags. */
  readonly flags?: readonly string[];
}

/** As in a quiet window: what moves, blinks or asks by itself has no place in a test. */
const SETTINGS = {
  'editor.cursorBlinking': 'solid',
  'git.enabled': false,
  'security.workspace.trust.startupPrompt': 'never',
  'terminal.integrated.gpuAcceleration': 'off',
  'workbench.colorTheme': 'Dark Modern',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
};

/** No name is looked up and nothing is fetched from elsewhere. */
const BROWSER = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
  '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost',
];

export class Session {
  private constructor(
    readonly folder: string,
    readonly page: Page,
    readonly server: Server,
    private readonly scratch: string,
    private readonly browser: Browser,
  ) {}

  /** The page is there and empty; `Workbench` opens what is to be seen in it. */
  static async start(options: SessionOptions = {}): Promise<Session> {
    await ensureBundled(ROOT);
    const vscode = await ensureVscode();
    const executablePath = await ensureBrowser();
    const scratch = mkdtempSync(join(tmpdir(), 'neutron-lab-vscode-'));
    const data = join(scratch, 'data');
    const folder = join(scratch, 'workspace');
    fill(folder, options);
    writeSettings(data, { ...SETTINGS, ...options.settings });
    const { extension = 'linked' } = options;
    if (extension === 'linked') linkExtension(data, ROOT);
    else if (extension !== 'none') await installExtension(vscode, data, extension.vsix);
    const trust = options.restricted === true ? [] : ['--disable-workspace-trust'];
    const server = await startServer(vscode, {
      data,
      env: { ...options.env },
      flags: [...trust, ...(options.flags ?? [])],
    });
    try {
      const browser = await chromium.launch({ executablePath, args: BROWSER, chromiumSandbox: false });
      const page = await browser.newPage({ viewport: options.size ?? { width: 1280, height: 800 } });
      page.setDefaultTimeout(PATIENCE);
      return new Session(folder, page, server, scratch, browser);
    } catch (error) {
      await server.stop();
      throw error;
    }
  }

  /** The same server with a page of its own, for a second window. */
  async another(): Promise<Session> {
    const page = await this.browser.newPage({ viewport: this.page.viewportSize() });
    page.setDefaultTimeout(PATIENCE);
    return new Session(this.folder, page, this.server, this.scratch, this.browser);
  }

  /** @param query Of the address: what is opened in it. */
  async goto(query: Readonly<Record<string, string>>): Promise<void> {
    await this.page.goto(`${this.server.origin}/?${new URLSearchParams(query).toString()}`);
  }

  /** Files of the extension host, for what cannot be seen. */
  get logs(): string {
    return join(this.scratch, 'data', 'data', 'logs');
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.server.stop();
    // The last words of its processes may still be written.
    rmSync(this.scratch, { recursive: true, force: true, maxRetries: 20 });
  }
}

function fill(folder: string, { labs = [], files = {} }: SessionOptions): void {
  mkdirSync(folder, { recursive: true });
  for (const lab of labs) cpSync(join(ROOT, 'labs', lab), join(folder, lab), { recursive: true });
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}
