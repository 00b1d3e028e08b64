/** `npm run screenshots [-- NAME…]`: pictures of the scenes whose names contain one of the words, in three themes. */
import { THEMES, type Theme, Workbench } from '../support/workbench.js';
import { SCENES } from './scenes.js';

const words = process.argv.slice(2);
const wanted = Object.entries(SCENES).filter(
  ([name]) => words.length === 0 || words.some((word) => name.includes(word)),
);
if (wanted.length === 0) {
  process.stderr.write(
    `No scene has a name with "${words.join('" or "')}". There are: ${Object.keys(SCENES).join(', ')}\n`,
  );
  process.exitCode = 1;
}
for (const [name, { window, show, settled }] of wanted) {
  const workbench = await Workbench.open(window);
  try {
    await show(workbench);
    for (const theme of Object.keys(THEMES) as Theme[]) {
      await workbench.setTheme(theme);
      await settled?.(workbench);
      process.stdout.write(`${await workbench.screenshot(`${name}-${theme}`)}\n`);
    }
  } finally {
    await workbench.close();
  }
}
