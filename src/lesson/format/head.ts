/** The YAML at the beginning of a lesson. Pure. */
import { z } from 'zod';
import type { Problem } from '../../model/lab-file/problems.js';
import type { FrontBlock } from './blocks.js';
import { CellYaml } from './cell-yaml.js';
import type { LessonHead } from './lesson.js';
import { problemAt } from './problem-at.js';

const sentence = z.string().min(1);

const headSchema = z.strictObject({
  title: sentence,
  summary: sentence,
  minutes: z.int().min(10).max(30),
  books: z.array(z.strictObject({ title: sentence, chapter: sentence })).optional(),
  lab: z.string().refine((name) => /^[^/\\]+\.neutron\.yaml$/.test(name), {
    error: (issue) => `${JSON.stringify(issue.input)} is no lab file beside the lesson.`,
    params: { code: 'InvalidInput', remedy: 'Write its name alone, as `lab: network-and-subnet.neutron.yaml`.' },
  }),
  facts: z.array(z.union([z.string(), z.number()])).optional(),
});

const EXAMPLE = '`title`, `summary`, `minutes` and `lab` between two lines of `---`';

export function readHead(
  text: string,
  block: FrontBlock | null,
): { readonly head: LessonHead | null; readonly problems: readonly Problem[] } {
  if (block === null) {
    const message = 'The lesson has no front matter.';
    const remedy = `Begin the file with ${EXAMPLE}.`;
    return {
      head: null,
      problems: [problemAt(text, { start: 0, end: 0, line: 1 }, { code: 'NoHead', message, remedy })],
    };
  }
  const yaml = new CellYaml(text, block.body);
  const file = yaml.get(headSchema);
  const head = file && { ...file, books: file.books ?? [], facts: (file.facts ?? []).map(String) };
  return { head, problems: yaml.reports() };
}
