// `node src/bootstrap.mjs demo|test|bench`: whatever is missing first, then what was asked for.
import { fileURLToPath } from 'node:url';
import { runBenches } from './bench-run.mjs';
import { ensureInstalled } from './install.mjs';
import { run } from './process.mjs';
import { Refusal } from './say.mjs';
import { runTests } from './test-run.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

const usage = `Usage: node src/bootstrap.mjs COMMAND [OPTIONS]

  demo                      bring up labs/ha-router, break it, measure the failover (npm start)
  test [--unit] [--functional] [--grep TEXT]
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
