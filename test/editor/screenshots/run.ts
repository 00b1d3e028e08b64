/** `npm run screenshots [-- NAME…]`: pictures of the scenes whose names contain one of the words, in three themes, or in those that are named. `lesson-07` is that lesson, worked through. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { THEMES, type Theme, Workbench } from '../support/workbench.js';
import { walkLesson } from './lesson-walk.js';
import { LAB } from './running-scenes.js';
import { SCENES } from './scenes.js';

const run = promisify(execFile);
const cli = (...words: readonly string[]) => run(process.execPath, ['dist/cli.js', ...words]);
const file = `labs/${LAB}`;

const LESSON = /^lesson-(\d\d)$/;
const given = process.argv.slice(2);
const named = (Object.keys(THEMES) as Theme[]).filter((theme) => given.includes(theme));
const themes = named.length > 0 ? named : (Object.keys(THEMES) as Theme[]);
const all = given.filter((word) => !Object.hasOwn(THEMES, word));
for (const word of all) {
  const number = LESSON.exec(word)?.[1];
  if (number !== undefined) await walkLesson(number, themes);
}
const words = all.filter((word) => !LESSON.test(word));
const wanted = Object.entries(SCENES).filter(([name]) => all.length === 0 || words.some((word) => name.includes(word)));
if (wanted.length === 0 && words.length > 0) {
  process.stderr.write(
    `No scene has a name with "${words.join('" or "')}". There are: ${Object.keys(SCENES).join(', ')}\n`,
  );
  process.exitCode = 1;
}
const needsLab = wanted.some(([name]) => isRunning(name));
if (needsLab && (await cli('list', '--json')).stdout.includes(`"${LAB}"`))
  throw new Error(`A lab ${LAB} is on this engine already, and might be somebody's: take it down first.`);
try {
  for (const [name, { window, widths, show, settled }] of wanted) {
    if (isRunning(name)) await cli('up', file);
    const workbench = await Workbench.open(window);
    try {
      await show(workbench);
      for (const theme of themes) {
        await workbench.setTheme(theme);
        // Where the list of themes was there is the picture again, and it would be told what lies beneath the mouse.
        if (widths) await workbench.page.mouse.move(0, 0);
        for (const width of widths ?? []) {
          await workbench.page.setViewportSize({ width, height: window.size?.height ?? 900 });
          // The picture fits itself to its new size.
          await workbench.page.waitForTimeout(700);
          process.stdout.write(`${await workbench.screenshot(`${name}-${width}-${theme}`)}\n`);
        }
        if (widths) continue;
        await settled?.(workbench);
        process.stdout.write(`${await workbench.screenshot(`${name}-${theme}`)}\n`);
        if (settled) await leave(workbench);
      }
    } catch (error) {
      process.stderr.write(`${name}: ${String(error)}\n${await workbench.screenshot(`${name}-failed`)}\n`);
      process.exitCode = 1;
    } finally {
      await workbench.close();
    }
  }
} finally {
  if (needsLab) await cli('down', LAB);
}

/** Those of a lab that is up. */
function isRunning(name: string): boolean {
  return name.startsWith('running-');
}

/** What was opened for one picture is in the way of the next one: a menu, a box, a dialog. */
async function leave(workbench: Workbench): Promise<void> {
  for (let times = 0; times < 3; times += 1) await workbench.page.keyboard.press('Escape');
}
