/** Shows the steps of a wizard as VS Code's quick inputs: step n of m, with a way back, wrong answers told while typing. */
import * as vscode from 'vscode';
import type { Answer, Answers, Choice, ManyStep, OneStep, Step, TextStep, Wizard } from './step.js';

/** What came of one step. */
type Outcome = { readonly answer: Answer } | 'back' | 'cancelled';

/** What the box of each step has in common. */
interface Frame {
  readonly title: string;
  readonly step: number;
  readonly totalSteps: number;
  readonly wrong: (answer: Answer) => string | null;
  /** What was answered the last time, where that was no proposal. */
  readonly before: Answer | undefined;
}

/** @returns Null when somebody pressed Escape: nothing was changed. */
export async function runWizard(wizard: Wizard): Promise<Answers | null> {
  const before: Record<string, Answer> = {};
  let taken: readonly string[] = [];
  for (;;) {
    const answers = Object.fromEntries(taken.map((key) => [key, before[key] ?? '']));
    const steps = wizard.steps(answers);
    const step = steps[taken.length];
    if (step === undefined) return answers;
    const outcome = await ask(step, {
      title: wizard.title,
      step: taken.length + 1,
      totalSteps: steps.length,
      wrong: (answer) => wizard.wrong({ ...answers, [step.key]: answer }),
      before: before[step.key],
    });
    if (outcome === 'cancelled') return null;
    if (outcome === 'back') {
      taken = taken.slice(0, -1);
      continue;
    }
    // What was only accepted is proposed anew when an answer before it becomes another one.
    if (String(before[step.key]) !== String(outcome.answer))
      for (const { key } of steps.slice(taken.length + 1)) Reflect.deleteProperty(before, key);
    before[step.key] = outcome.answer;
    taken = [...taken, step.key];
  }
}

async function ask(step: Step, frame: Frame): Promise<Outcome> {
  return step.ask === 'text' ? await askText(step, frame) : await askChoice(step, frame);
}

function askText({ prompt, proposal, placeholder }: TextStep, frame: Frame): Promise<Outcome> {
  const box = vscode.window.createInputBox();
  box.prompt = prompt;
  box.placeholder = placeholder;
  box.value = typeof frame.before === 'string' ? frame.before : proposal;
  box.valueSelection = [0, box.value.length];
  const judge = (): boolean => {
    const wrong = frame.wrong(box.value);
    box.validationMessage = wrong ?? undefined;
    return wrong === null;
  };
  return show(box, frame, (done) => {
    // The proposal is not accused of anything before somebody touches it.
    box.onDidChangeValue(judge);
    box.onDidAccept(() => {
      if (judge()) done({ answer: box.value.trim() });
    });
  });
}

interface Item extends vscode.QuickPickItem {
  readonly value: string;
}

function askChoice(step: OneStep | ManyStep, frame: Frame): Promise<Outcome> {
  const box = vscode.window.createQuickPick<Item>();
  box.placeholder = step.prompt;
  box.matchOnDescription = true;
  box.canSelectMany = step.ask === 'many';
  box.items = step.choices.map((choice) => item(choice));
  const wanted = frame.before ?? step.proposal;
  const marked = box.items.filter(({ value }) => (Array.isArray(wanted) ? wanted.includes(value) : wanted === value));
  if (step.ask === 'many') box.selectedItems = marked;
  else if (marked.length > 0) box.activeItems = marked;
  return show(box, frame, (done) => {
    box.onDidAccept(() => {
      const values = box.selectedItems.map(({ value }) => value);
      const [first] = values;
      if (step.ask === 'one' && first === undefined) return;
      const answer = step.ask === 'one' ? (first ?? '') : values;
      const wrong = frame.wrong(answer);
      if (wrong === null) done({ answer });
      else accuse(box, values, wrong);
    });
  });
}

function item({ value, label, description, detail }: Choice): Item {
  return {
    value,
    label,
    ...(description === undefined ? {} : { description }),
    ...(detail === undefined ? {} : { detail }),
  };
}

/** A list has no place for a message, so it stands under what was chosen. */
function accuse(box: vscode.QuickPick<Item>, values: readonly string[], wrong: string): void {
  const selected = new Set(values);
  box.items = box.items.map((one) =>
    selected.has(one.value) ? { ...one, detail: `$(error) ${wrong}`, alwaysShow: true } : one,
  );
  const same = box.items.filter(({ value }) => selected.has(value));
  if (box.canSelectMany) box.selectedItems = same;
  else box.activeItems = same;
}

function show(
  box: vscode.InputBox | vscode.QuickPick<Item>,
  { title, step, totalSteps }: Frame,
  listen: (done: (outcome: Outcome) => void) => void,
): Promise<Outcome> {
  box.title = title;
  box.step = step;
  box.totalSteps = totalSteps;
  // A look at another place does not throw away what was said until now.
  box.ignoreFocusOut = totalSteps > 1;
  box.buttons = step > 1 ? [vscode.QuickInputButtons.Back] : [];
  return new Promise((resolve) => {
    const done = (outcome: Outcome): void => {
      resolve(outcome);
      box.dispose();
    };
    box.onDidTriggerButton((button) => {
      if (button === vscode.QuickInputButtons.Back) done('back');
    });
    box.onDidHide(() => {
      done('cancelled');
    });
    listen(done);
    box.show();
  });
}
