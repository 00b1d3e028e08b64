// `npm start`: the product. A VS Code of its own in the browser, with the extension, the bundled labs and the walkthrough.
import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { packageExtension } from './package.mjs';
import { bold, Refusal, say } from './say.mjs';
import { installExtension, PortTaken, startServer, writeSettings } from './vscode-server.mjs';
import { ensureVscode } from './vscode.mjs';

/** The port of Neutron's own API server. Always the same, so that a browser finds its window again. */
const PORT = 9696;
/** The labs of the person: copies, so that edits leave the clone clean. git ignores it. */
const FOLDER = 'my-labs';

/**
 * @param {string} root
 * @param {readonly string[]} args
 * @returns {Promise<number>} The exit code, when it was asked to end.
 */
export async function start(root, args) {
  const { folder: named, port, open } = options(args);
  const vscode = await ensureVscode();
  const data = join(root, '.cache', 'start');
  await install(vscode, root, data);
  const folder = named === undefined ? ownLabs(root) : resolve(named);
  const token = randomBytes(16).toString('hex');
  const server = await listen(vscode, data, token, port);
  const address = `${server.origin}/?${new URLSearchParams({ folder, tkn: token }).toString()}`;
  say(`${bold('Neutron Lab')} is at ${address}`);
  say(
    `Your labs are in ${named === undefined ? `${FOLDER}, copied from labs` : folder}. Ctrl-C ends VS Code; labs that run, go on.`,
  );
  if (process.env.SSH_CONNECTION !== undefined)
    say(`From your own machine, first: ssh -L ${String(server.port)}:127.0.0.1:${String(server.port)} THIS-MACHINE`);
  if (open) openBrowser(address);
  const interrupted = new Promise((done) => {
    process.once('SIGINT', done);
    process.once('SIGTERM', done);
  });
  const code = await Promise.race([server.ended, interrupted.then(() => 0)]);
  await server.stop();
  return code;
}

/** @param {readonly string[]} args */
function options(args) {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { folder: { type: 'string' }, port: { type: 'string' }, 'no-open': { type: 'boolean' } },
    });
    const port = values.port === undefined ? undefined : Number(values.port);
    if (port !== undefined && !(Number.isInteger(port) && port > 0 && port < 65_536))
      throw new Error(`"${String(values.port)}" is no port: a whole number from 1 to 65535 is.`);
    return { folder: values.folder, port, open: values['no-open'] !== true };
  } catch (error) {
    throw new Refusal(error instanceof Error ? error.message : String(error));
  }
}

/**
 * Installs the extension where it is not the one of this clone.
 *
 * @param {import('./vscode.mjs').Vscode} vscode
 * @param {string} root
 * @param {string} data
 */
async function install(vscode, root, data) {
  mkdirSync(data, { recursive: true });
  const stamp = join(data, 'installed');
  const sum = createHash('sha256');
  for (const file of ['package.json', 'dist/extension.cjs', 'dist/editor.cjs', 'dist/dockerode.cjs'])
    sum.update(readFileSync(join(root, file)));
  const current = `${vscode.version} ${sum.digest('hex')}`;
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === current) return;
  await installExtension(vscode, data, await packageExtension(root));
  // What a person has set is theirs.
  if (!existsSync(join(data, 'data', 'User', 'settings.json')))
    writeSettings(data, { 'workbench.startupEditor': 'none', 'files.autoSave': 'off' });
  writeFileSync(stamp, current);
}

/** Each bundled lab that is not there yet; what is there is the person's. @param {string} root */
function ownLabs(root) {
  const folder = join(root, FOLDER);
  mkdirSync(folder, { recursive: true });
  for (const lab of readdirSync(join(root, 'labs')))
    if (!existsSync(join(folder, lab))) cpSync(join(root, 'labs', lab), join(folder, lab), { recursive: true });
  return folder;
}

/**
 * On the usual port, or on any where that is taken and none was asked for.
 *
 * @param {import('./vscode.mjs').Vscode} vscode
 * @param {string} data
 * @param {string} token
 * @param {number | undefined} port
 */
async function listen(vscode, data, token, port) {
  const how = {
    data,
    token,
    env: { NEUTRON_LAB_WALKTHROUGH: '1' },
    // The folder is the person's own; whatever else is opened here is opened by them.
    flags: ['--disable-workspace-trust'],
  };
  try {
    return await startServer(vscode, { ...how, port: port ?? PORT });
  } catch (error) {
    if (port !== undefined || !(error instanceof PortTaken)) throw error;
    return startServer(vscode, { ...how, port: 0 });
  }
}

/** Where there is a desktop. @param {string} address */
function openBrowser(address) {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  if (!DISPLAY && !WAYLAND_DISPLAY) return;
  const opener = spawn('xdg-open', [address], { stdio: 'ignore', detached: true });
  // The address is on the screen all the same.
  opener.on('error', () => undefined);
  opener.unref();
}
