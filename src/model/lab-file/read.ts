/** The way from the text of a lab file to the lab. */
import { BuildContext } from '../build/context.js';
import { buildLab } from '../build/lab.js';
import { buildScenario } from '../build/scenario.js';
import type { Lab } from '../resources.js';
import type { Scenario } from '../scenario.js';
import { readDocument, type DocumentResult } from './document.js';
import { hostLabelLike } from './fix.js';
import { refuse } from './limits.js';
import { Places } from './places.js';
import { ProblemList, type Problem } from './problems.js';
import { readSections } from './sections.js';
import { isHostLabel, show } from './text.js';

export interface ReadOptions {
  /**
   * The lab that is running now. What was allocated there is kept for resources of the same id as long as it is
   * valid, so that an edited file changes only what differs.
   */
  readonly held?: Lab | undefined;
  /** The name of the file, from which a lab without a name takes its own. */
  readonly file?: string | undefined;
}

export interface ReadResult {
  /** Null exactly when there is an error among the problems. */
  readonly lab: Lab | null;
  readonly problems: Problem[];
}

/** What else is known of a text once it was read: for those who work on the text itself. */
export interface Analysis extends ReadResult {
  /** The values with their ranges; null when the text is no YAML, or too large. */
  readonly document: DocumentResult | null;
  /** The lab as far as it could be built, also where there are errors. */
  readonly built: Lab | null;
  readonly places: Places;
  /** What the file declares as an experiment; null where that is nothing. */
  readonly scenario: Scenario | null;
}

/** Never throws; takes bounded time and memory whatever the text is. */
export function readLabFile(text: string, options: ReadOptions = {}): ReadResult {
  const { lab, problems } = analyseLabFile(text, options);
  return { lab, problems };
}

/** As `readLabFile`. */
export function analyseLabFile(text: string, options: ReadOptions = {}): Analysis {
  const refusal = refuse(text);
  if (refusal !== null) {
    // Lines are not counted in a text that is not going to be read.
    const problems = new ProblemList(refusal.offset === 0 ? '' : text);
    problems.errorAt([refusal.offset, refusal.offset], refusal);
    return nothingRead(null, problems);
  }
  const problems = new ProblemList(text);
  const document = readDocument(text);
  const { root, problems: syntax } = document;
  for (const { range, ...problem } of syntax) problems.errorAt(range, problem);
  // The meaning of a text whose structure is broken is guesswork.
  if (syntax.some(({ code }) => code !== 'DuplicateKey')) return nothingRead(null, problems);
  problems.setRoot(root);
  if (root.value === null) {
    problems.error({
      path: [],
      code: 'EmptyLabFile',
      message: 'The lab file is empty.',
      remedy: 'Start with `lab: my-lab` and `networks:`.',
    });
    return nothingRead(document, problems);
  }
  const sections = readSections(root.value, problems);
  const name = labName(sections.lab, options.file, problems);
  const build = new BuildContext(name, sections, problems, options.held);
  const built = buildLab(sections, build);
  const scenario = built === null ? null : buildScenario(sections, build);
  const { places } = build;
  return { lab: problems.failed ? null : built, problems: problems.toArray(), document, built, places, scenario };
}

function nothingRead(document: DocumentResult | null, problems: ProblemList): Analysis {
  return { lab: null, problems: problems.toArray(), document, built: null, places: new Places(), scenario: null };
}

/** The lab's name becomes part of the names of its containers. */
function labName(given: string | null, file: string | undefined, problems: ProblemList): string {
  const name = given ?? file?.replace(/^.*[/\\]/, '').replace(/(\.neutron)?\.ya?ml$/, '');
  if (name === undefined) {
    problems.error({ path: [], code: 'InvalidInput', message: 'The lab has no name.', remedy: 'Add `lab: my-lab`.' });
    return '';
  }
  if (!isHostLabel(name)) {
    const like = hostLabelLike(name);
    problems.error({
      path: ['lab'],
      code: 'InvalidName',
      message: `${show(name)} cannot be the name of a lab.`,
      remedy: 'Take 1 to 63 letters, digits and hyphens, no hyphen at either end: it becomes part of host names.',
      fixes: like === null ? [] : [{ change: 'replace', path: ['lab'], value: like }],
    });
  }
  return name;
}
