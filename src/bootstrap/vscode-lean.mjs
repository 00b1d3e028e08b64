// What is left out of VS Code's server, because nobody here would use it and it is most of its size, and what stands in
// for native modules, so that no compiler is needed.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Agents, their sandboxes and databases; Kerberos and ssh2 for proxies and tunnels; what only Windows has. */
export const unwantedPackages = [
  '@devcontainers/cli',
  '@github/copilot-sdk',
  '@microsoft/mxc-sdk',
  '@vscode/copilot-api',
  '@vscode/sandbox-runtime',
  '@vscode/sqlite3',
  '@vscode/windows-process-tree',
  '@vscode/windows-registry',
  'katex',
  'kerberos',
  'ssh2',
];

/** Folders of the extensions that VS Code brings along: large, or of use only with an account. */
export const unwantedExtensions = [
  'copilot',
  'github',
  'github-authentication',
  'mermaid-markdown-features',
  'microsoft-authentication',
  'ms-vscode.js-debug',
  'ms-vscode.js-debug-companion',
  'ms-vscode.vscode-js-profile-table',
  'tunnel-forwarding',
];

/** Programs for other systems than this one. @param {string} folder Of VS Code. @returns {string[]} */
export function unwantedFiles(folder) {
  const here = `${process.platform}-${process.arch}`;
  return ['node_modules/@vscode/ripgrep-universal/bin', 'node_modules/node-pty/prebuilds'].flatMap((programs) =>
    readdirSync(join(folder, programs))
      .filter((system) => system !== here)
      .map((system) => join(programs, system)),
  );
}

/**
 * The log files: what extensions write into an output channel goes through one of them, so without it channels stay
 * empty. Its names are assigned one by one, since an ES module imports them and Node finds them by reading the text.
 */
const spdlog = `
const { appendFileSync, mkdirSync } = require('node:fs');
const { dirname } = require('node:path');
const levels = ['trace', 'debug', 'info', 'warning', 'error', 'critical'];
class Logger {
  constructor(file) { this.file = file; this.level = 2; this.plain = false; }
  getLevel() { return this.level; }
  setLevel(level) { this.level = level; }
  setPattern() { this.plain = false; }
  clearFormatters() { this.plain = true; }
  flush() {}
  drop() {}
  write(level, message) {
    if (level < this.level) return;
    const time = new Date().toISOString().replace('T', ' ').replace('Z', '');
    try {
      appendFileSync(this.file, this.plain ? message : time + ' [' + levels[level] + '] ' + message + '\\n');
    } catch {
      // The folder of a server that ends goes away before its last words.
    }
  }
}
for (const [level, name] of ['trace', 'debug', 'info', 'warn', 'error', 'critical'].entries())
  Logger.prototype[name] = function (message) { this.write(level, message); };
const create = async (_name, file) => { mkdirSync(dirname(file), { recursive: true }); return new Logger(file); };
exports.version = 0;
exports.setLevel = () => {};
exports.setFlushOn = () => {};
exports.Logger = Logger;
exports.createRotatingLogger = create;
exports.createAsyncRotatingLogger = create;
`;

/** Package to source. The watchdog would end an extension host that hangs when its parent is gone; a timer in it does, too. */
export const standIns = {
  '@vscode/spdlog': spdlog,
  '@vscode/native-watchdog': 'exports.start = () => {};\n',
};
