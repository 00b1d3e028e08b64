/** The entry of the bundle `dist/cli.js`. */
import { run } from './run.js';
import { Terminal } from './terminal.js';

const terminal = Terminal.ofProcess();
const code = await run(process.argv.slice(2), terminal);
await terminal.flush();
// Connections that the engine keeps open would hold the process for seconds.
process.exit(code);
