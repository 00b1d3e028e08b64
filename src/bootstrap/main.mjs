// `node src/bootstrap.mjs start|demo|test|…`: whatever is missing first, then what was asked for.
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runBenches } from './bench-run.mjs';
import { ensureInstalled } from './install.mjs';
import { packageExtension, sizeOf } from './package.mjs';
import { run } from './process.mjs';
import { Refusal, say } from './say.mjs';
import { start } from './start.mjs';
import { runTests } from './test-run.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

const usage = `Usage: node src/bootstrap.mjs COMMAND [OPTIONS]

  start [--port N] [--folder DIR] [--no-open]
                            VS Code in the browser, with the extension and the labs (npm start)
  demo                      in the terminal: bring up labs/ha-router, break it, measure the failover (npm run demo)
  package [FILE]            the extension as a VSIX, for a VS Code that is there (npm run package)
  test [--unit] [--functional] [--editor] [--grep TEXT]
                            everything that proves the project, or a part of it (npm test)
  bench [--json FILE] [NAME…]
                            measure, and print the figures (npm run bench)

Each installs first what is missing.
`;

/**
 * @param {readonly string[]} args
 * @returns {Promise<number>} The exit code.
 */
export async function main([command = 'help', ...args]) {
  try {
    switch (command) {
      case 'start':
        await ensureInstalled(root);
        return await start(root, args);
      case 'package': {
        await ensureInstalled(root);
        const file = await packageExtension(root, args[0] === undefined ? undefined : resolve(args[0]));
        say(
          `${file} (${sizeOf(file)}). In VS Code: "Extensions: Install from VSIX…", or "code --install-extension ${file}".`,
        );
        return 0;
      }
      case 'demo':
        await ensureInstalled(root);
        return (await run([process.execPath, 'dist/cli.js', 'demo', ...args], { cwd: root })).code;
      case 'test':
        await ensureInstalled(root);
        return await runTests(root, args);
      case 'bench':
        await ensureInstalled(root);
        return await runBenches(root, args);
      case 'help':
      case '--help':
        process.stdout.write(usage);
        return 0;
      default:
        throw new Refusal(`There is no command "${command}".\n\n${usage}`);
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    process.stderr.write(`${error.message}\n`);
    return error.exitCode;
  }
}
