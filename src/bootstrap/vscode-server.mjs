// Starting and ending VS Code's server.
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { run } from './process.mjs';
import { Refusal } from './say.mjs';

/** Milliseconds until it listens; 1 s is usual. */
const PATIENCE = 60_000;
/** Milliseconds that it has for its end. */
const GRACE = 5000;

/** In every VS Code that we start: what is asked of a person elsewhere, and what only an account makes useful. */
const quietSettings = {
  'chat.disableAIFeatures': true,
  'extensions.autoUpdate': 'off',
  'extensions.ignoreRecommendations': true,
  'telemetry.telemetryLevel': 'off',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
};

/**
 * @typedef {object} ServerOptions
 * @property {string} data A folder of its own: settings, extensions, logs.
 * @property {number} [port] 0: one that is free.
 * @property {string} [token] Without it whoever reaches the port is let in.
 * @property {Record<string, string | undefined>} [env] Added to the environment; undefined takes one away.
 * @property {readonly string[]} [flags] More of the server's own.
 *
 * @typedef {object} Server
 * @property {number} pid
 * @property {number} port
 * @property {string} origin `http://127.0.0.1:PORT`
 * @property {Promise<number>} ended Resolves with its exit code.
 * @property {() => Promise<void>} stop
 */

/**
 * On loopback only. It ends with this process at the latest.
 *
 * @param {import('./vscode.mjs').Vscode} vscode
 * @param {ServerOptions} options
 * @returns {Promise<Server>} When it listens.
 */
export async function startServer(vscode, { data, port = 0, token, env = {}, flags = [] }) {
  const preload = new URL(`end-with-parent.mjs?parent=${String(process.pid)}`, import.meta.url);
  const secret = token === undefined ? ['--without-connection-token'] : ['--connection-token', token];
  const listen = ['--host', '127.0.0.1', '--port', String(port), ...secret];
  const child = spawn(vscode.node, ['--import', preload.href, ...serverArguments(data), ...listen, ...flags], {
    cwd: vscode.folder,
    env: { ...process.env, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  /** @type {string[]} */
  const said = [];
  const ended = new Promise((resolve) => {
    child.on('error', (error) => said.push(error.message));
    child.on('close', (code) => resolve(code ?? 1));
  });
  child.stdin.on('error', () => undefined);
  child.stderr.on('data', (chunk) => said.push(String(chunk)));
  const lines = createInterface({ input: child.stdout });
  const listening = new Promise((resolve) => {
    lines.on('line', (line) => {
      said.push(line);
      said.splice(0, said.length - 50);
      const at = /^Extension host agent listening on (\d+)$/.exec(line);
      if (at) resolve(Number(at[1]));
    });
  });
  const stop = async () => {
    child.stdin.end();
    const killing = setTimeout(() => child.kill('SIGKILL'), GRACE);
    await ended;
    clearTimeout(killing);
  };
  const deadline = after(PATIENCE);
  const at = await Promise.race([listening, ended.then(() => null), deadline.over.then(() => null)]);
  deadline.cancel();
  if (at === null) {
    await stop();
    const words = said.join('\n').trim();
    if (words.includes('EADDRINUSE')) throw new PortTaken(port);
    throw new Refusal(`VS Code did not start: ${words === '' ? 'it said nothing' : words}`);
  }
  return { pid: child.pid ?? 0, port: at, origin: `http://127.0.0.1:${String(at)}`, ended, stop };
}

export class PortTaken extends Refusal {
  /** @param {number} port */
  constructor(port) {
    super(`Port ${String(port)} is taken. Choose another one with "--port N".`);
  }
}

/** @param {string} data */
function serverArguments(data) {
  const quiet = ['--disable-telemetry', '--disable-update-check', '--disable-getting-started-override'];
  // Without compression there is less to do: all of it stays on this machine.
  const local = ['--disable-websocket-compression', '--telemetry-level', 'off'];
  return ['out/server-main.js', '--accept-server-license-terms', '--server-data-dir', data, ...quiet, ...local];
}

/**
 * Installs a VSIX as a person would.
 *
 * @param {import('./vscode.mjs').Vscode} vscode
 * @param {string} data
 * @param {string} vsix
 * @returns {Promise<string>} What the server said.
 */
export async function installExtension(vscode, data, vsix) {
  const { code, output } = await run([vscode.node, ...serverArguments(data), '--install-extension', vsix, '--force'], {
    cwd: vscode.folder,
    output: 'quiet',
    limit: PATIENCE,
  });
  if (code !== 0) throw new Refusal(`VS Code did not take ${vsix}: ${output.trim()}`);
  return output;
}

/**
 * The extension of a checkout as it is, without packing it: only for a data folder that is new.
 *
 * @param {string} data
 * @param {string} root Of the checkout.
 */
export function linkExtension(data, root) {
  const { publisher, name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  mkdirSync(join(data, 'extensions'), { recursive: true });
  symlinkSync(root, join(data, 'extensions', `${publisher}.${name}-${version}`), 'dir');
}

/** @param {string} data @param {Record<string, unknown>} settings */
export function writeSettings(data, settings) {
  const folder = join(data, 'data', 'User');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'settings.json'), JSON.stringify({ ...quietSettings, ...settings }, null, 2));
}

/** @param {number} milliseconds */
function after(milliseconds) {
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  const over = new Promise((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  return { over, cancel: () => clearTimeout(timer) };
}
