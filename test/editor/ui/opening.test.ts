import { Workbench } from '../support/workbench.js';

describe('A window on a folder with a lab', () => {
  let workbench: Workbench;
  before(async () => {
    workbench = await Workbench.open({ labs: ['ha-router'] });
  });
  after(() => workbench.close());

  it('shows the Labs view behind its icon', async () => {
    await workbench.openView();
    await workbench.page.locator('.sidebar .pane-header', { hasText: 'Labs' }).waitFor();
  });

  it('opens a lab file', async () => {
    await workbench.openFile('ha-router.neutron.yaml');
    await workbench.editor.waitForText(/lab: ha-router/);
  });

  it('has a real terminal in the folder', async () => {
    await workbench.command('Terminal: Create New Terminal');
    await workbench.terminal.type('basename "$PWD"; expr 6 \\* 7');
    await workbench.terminal.waitForText(/workspace\s+42/);
  });
});
