// `npm run bench`: the benches one after the other, never beside each other, and one JSON file of all their figures.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { removeLabsOf } from './leftovers.mjs';
import { run } from './process.mjs';
import { Refusal, say } from './say.mjs';

const FOLDERS = ['test/bench', 'test/editor/bench'];
const SUFFIX = '.bench.ts';
/** Milliseconds for one bench file. */
const LIMIT = 30 * 60_000;

/**
 * @param {string} root
 * @param {readonly string[]} args `--json FILE` and words that the names of the wanted benches contain.
 */
export async function runBenches(root, args) {
  const { values, positionals } = options(args);
  const files = FOLDERS.flatMap((folder) => readdirSync(join(root, folder)).map((name) => join(folder, name)))
    .filter((name) => name.endsWith(SUFFIX))
    .filter((name) => positionals.length === 0 || positionals.some((word) => basename(name).includes(word)))
    .sort();
  if (files.length === 0)
    throw new Refusal(`No bench in ${FOLDERS.join(' or ')} has a name with "${positionals.join('" or "')}".`);
  const scratch = mkdtempSync(join(tmpdir(), 'neutron-lab-bench-'));
  const labs = `b${process.pid.toString(36)}`;
  const reports = [];
  let failed = 0;
  try {
    for (const file of files) {
      const json = join(scratch, `${basename(file)}.json`);
      const { code, late, interrupted } = await run([process.execPath, '--import', 'tsx', file], {
        cwd: root,
        env: { NEUTRON_LAB_BENCH_JSON: json, NEUTRON_LAB_TEST_PREFIX: labs },
        limit: LIMIT,
        group: true,
      });
      if (late || interrupted) await removeLabsOf(root, labs);
      if (interrupted) throw new Refusal('The benches were interrupted.', 130);
      if (code === 0 && !late) reports.push(JSON.parse(readFileSync(json, 'utf8')));
      else {
        failed += 1;
        say(late ? `${file} was over its time and was ended.` : `${file} ended with code ${String(code)}.`);
      }
    }
    if (values.json !== undefined) {
      writeFileSync(values.json, `${JSON.stringify(reports, null, 2)}\n`);
      say(`The figures are in ${values.json}.`);
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  return failed > 0 ? 1 : 0;
}

/** @param {readonly string[]} args */
function options(args) {
  try {
    return parseArgs({ args: [...args], options: { json: { type: 'string' } }, allowPositionals: true });
  } catch (error) {
    throw new Refusal(error instanceof Error ? error.message : String(error));
  }
}
