import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testLabName } from '../../support/lab-name.js';
import { needsEngine } from '../support/engine.js';
import { Notebook } from '../support/notebook.js';
import { until } from '../support/until.js';
import { Workbench } from '../support/workbench.js';

const name = testLabName('ui-lesson');
const folder = '01-two-hosts';
const progress = join(tmpdir(), `${name}-progress.json`);
const LAB = `# What the lesson begins with.
lab: ${name}
networks:
  blue: { subnets: { blue-v4: { cidr: 192.168.10.0/24 } } }
instances:
  web1: { networks: [blue] }
nodes:
  network1: { agents: [dhcp, l3] }
  compute1: {}
`;
const LESSON = `---
title: A second host
summary: One network, and what it takes to have two hosts on it.
minutes: 10
lab: ${name}.neutron.yaml
---

# A second host

## Another instance

\`\`\`yaml predict
question: Who gives web1 its address?
choices: [dnsmasq on network1, keepalived]
answer: 1
because: The **DHCP agent** runs \`dnsmasq\`.
\`\`\`

\`\`\`bash on=web1
echo "I am $(hostname)"; ip -brief address show eth0
\`\`\`

\`\`\`bash on=web1
echo begun; sleep 7123
\`\`\`

\`\`\`yaml show
show: timeline
\`\`\`

\`\`\`yaml check
title: There is a second web server
hint: Declare an instance web2 on the network blue.
that: [{ instance: web2, exists: true }]
solution:
  - declare: { instances: { web2: { networks: [blue] } }, routers: { edge: { ha: true, interfaces: [blue-v4] } } }
\`\`\`
`;

describe('A lesson', function () {
  this.timeout(180_000);
  let workbench: Workbench;
  let notebook: Notebook;
  before(async function () {
    needsEngine(this);
    workbench = await Workbench.open({
      files: { [`${folder}/lesson.md`]: LESSON, [`${folder}/${name}.neutron.yaml`]: LAB },
      // The progress of whoever runs this is his own.
      env: { NEUTRON_LAB_PROGRESS: progress },
      // All of it in sight.
      size: { width: 1280, height: 1250 },
    });
    notebook = new Notebook(workbench.page);
  });
  after(async () => {
    await workbench.close();
    await rm(progress, { force: true });
  });

  const labFile = () => readFile(join(workbench.folder, folder, `${name}.neutron.yaml`), 'utf8');

  it('is opened from its view, and tells its question without the answer', async () => {
    await workbench.openView();
    await workbench.page.locator('.pane-header', { hasText: 'Lessons' }).click();
    await workbench.tree.waitForLine(/^1 · A second host/);
    await workbench.tree.inlineAction(workbench.tree.row('1 · A second host'), 'Open Lesson…');
    await workbench.editor.waitForTitle('lesson.md');
    const question = notebook.card('.predict');
    await question.waitFor();
    assert.doesNotMatch(await notebook.outputs.locator('body').innerText(), /DHCP agent/);
    await notebook.choose(question, 'keepalived');
    await notebook.press(question, 'That Is What I Expect');
    await question.getByText('It is otherwise.').waitFor();
    await notebook.outputs.getByText('DHCP agent').waitFor();
  });

  it('brings up its lab for the first command, and shows what that says', async () => {
    await notebook.run('I am $(hostname)');
    await notebook.outputs.getByText(/eth0\S* +UP +192\.168\.10\./).waitFor({ timeout: 60_000 });
  });

  it('says why a check does not pass, and does the step for those who ask', async () => {
    const check = notebook.card('.check');
    await notebook.press(check, 'Check');
    await check.getByText('The lab has no instance "web2".').waitFor();
    await notebook.press(check, 'Show the Solution');
    await notebook.outputs.getByText('In the lab file, then Up:').waitFor();
    await notebook.press(check, 'Do It for Me');
    await check.getByText('Passed.').waitFor({ timeout: 30_000 });
    assert.match(await labFile(), /^# What the lesson begins with\.[^]*web2: \{ networks: \[blue\] \}/);
    await workbench.tree.waitForLine('1 · A second host 10 min · done');
  });

  it('records what has come into the lab since', async () => {
    await notebook.run('Show what has happened just now');
    await notebook.outputs.locator('.lane-label', { hasText: 'edge on network1' }).waitFor({ timeout: 30_000 });
    await notebook.outputs.locator('.lane-label', { hasText: 'gateway 192.168.10.1' }).waitFor({ timeout: 60_000 });
  });

  it('ends a command whose notebook is closed', async () => {
    const docker = (...words: readonly string[]) => execFileSync('docker', words, { encoding: 'utf8' });
    const sleeps = () =>
      docker('ps', '-q', '--filter', `name=${name}`)
        .split('\n')
        .some((id) => id !== '' && docker('top', id).includes('sleep 7123'));
    await notebook.run('sleep 7123');
    await notebook.outputs.getByText('begun').waitFor();
    assert.ok(sleeps());
    await workbench.command('View: Close Editor');
    await until('nothing of it is left', () => Promise.resolve(!sleeps()));
    await workbench.openFile('lesson.md');
    await notebook.card('.check').waitFor();
  });

  it('has its checks in the Testing view, and goes back to its start', async () => {
    await workbench.command('Neutron Lab: Reset Lesson');
    await workbench.page.locator('.monaco-dialog-box').getByRole('button', { name: 'Back to the Start' }).click();
    await notebook.card('.check').getByText('Not checked yet.').waitFor({ timeout: 60_000 });
    assert.equal(await labFile(), LAB);
    await workbench.command('Test: Run All Tests');
    await workbench.openView('Testing');
    const lesson = workbench.page.locator('.test-explorer .monaco-list-row', { hasText: 'A second host' });
    await until('its step fails as a test', async () =>
      /failed/i.test((await lesson.first().getAttribute('aria-label', { timeout: 1000 })) ?? ''),
    );
  });

  it('stays in the Testing view with errors in its text, which are shown where they are', async () => {
    const path = join(workbench.folder, folder, 'lesson.md');
    const rows = workbench.page.locator('.test-explorer .monaco-list-row');
    const line = (text: string, word: string) => String(text.split('\n').findIndex((one) => one.includes(word)) + 1);
    const broken = LESSON.replace('choices: [dnsmasq on network1, keepalived]\n', '');
    await writeFile(path, broken);
    await rows.filter({ hasText: 'has an error · 01-two-hosts' }).locator('.monaco-tl-twistie').click();
    await rows
      .filter({ hasText: /^Another instance/ })
      .locator('.monaco-tl-twistie')
      .click();
    await rows.filter({ hasText: new RegExp(`Line ${line(broken, 'question')}: .*choices`) }).waitFor();
    await workbench.command('Test: Run All Tests');
    await until('its step cannot be run', async () =>
      /errored/i.test((await rows.filter({ hasText: /^Another instance/ }).getAttribute('aria-label')) ?? ''),
    );
    const headless = LESSON.replace('minutes: 10', 'minutes: many');
    await workbench.screenshot('lesson-testing-error');
    await writeFile(path, headless);
    await rows.filter({ hasText: new RegExp(`Line ${line(headless, 'minutes')}: `) }).waitFor();
    await workbench.screenshot('lesson-testing-headless');
    await writeFile(path, LESSON);
    await until('the error is gone', async () => (await rows.filter({ hasText: /^Line / }).count()) === 0);
  });

  it('leaves nothing', async () => {
    await workbench.openView();
    await workbench.tree.inlineAction(workbench.tree.row(name), 'Down');
    await until('its nodes are gone', () =>
      Promise.resolve(execFileSync('docker', ['ps', '-aq', '--filter', `name=${name}`], { encoding: 'utf8' }) === ''),
    );
  });
});
