import assert from 'node:assert/strict';
import fc from 'fast-check';
import { partsOf, textOf, withBody } from '../../../src/lesson/format/parts.js';
import { readLesson } from '../../../src/lesson/format/read.js';

const HEAD = `---
title: Two hosts
summary: A cable between two namespaces.
minutes: 10
lab: two.neutron.yaml
---
`;

const LESSON = `${HEAD}
# Two hosts

The aim.

## A namespace

Say first.

\`\`\`yaml predict
question: How many interfaces?
choices: [none, one]
answer: 2
because: The loopback is always there.
evidence:
  - { on: network1, run: [ip, link], prints: "^1: lo" }
\`\`\`

\`\`\`bash on=network1
ip netns list
\`\`\`

\`\`\`text output
red
…
\`\`\`

\`\`\`bash on=red@network1 for=10s
tcpdump -n
\`\`\`

\`\`\`yaml check
title: red is there
hint: ip netns add
that:
  - on: network1
    run: [ip, netns]
    prints: '^red\\b'
    within: 2
  - { ping: { from: web1, to: 192.168.10.1 }, answers: false, why: It answers. }
solution:
  - { on: network1, run: ip netns add red }
\`\`\`

## On a real cloud

\`\`\`console
$ openstack network list
\`\`\`

## Declared

\`\`\`yaml declare
networks: { blue: {} }
\`\`\`

\`\`\`yaml check
title: blue is there
hint: networks
that: [{ network: blue, has: { mtu: 1450 } }, { router: edge, masters: 1 }]
\`\`\`
`;

function problemsOf(text: string): string[] {
  return readLesson(text).problems.map(({ line, message }) => `${line}: ${message}`);
}

/** A lesson of one step with this in it, which begins at line 11. */
function withBlock(block: string): string {
  return `${HEAD}\n# A\n\n## B\n${block}\n\n\`\`\`yaml check\ntitle: t\nhint: h\nthat: [{ network: blue }]\nsolution: [{ up: true }]\n\`\`\`\n`;
}

describe('the text of a lesson', () => {
  it('becomes steps with cells, conditions and solutions', () => {
    const { lesson, problems } = readLesson(LESSON);
    assert.deepEqual(problems, []);
    assert.ok(lesson);
    assert.deepEqual(lesson.head.minutes, 10);
    assert.deepEqual(
      lesson.steps.map(({ number, title }) => `${String(number)} ${title}`),
      ['1 A namespace', '2 Declared'],
    );
    const [predict, run, watch, check] = lesson.steps[0]!.cells;
    assert.equal(predict?.kind === 'predict' && predict.choices[predict.answer], 'one');
    assert.ok(run?.kind === 'run' && watch?.kind === 'run' && check?.kind === 'check');
    assert.deepEqual(
      [run.on, run.script, run.seconds, run.expected?.text],
      ['network1', 'ip netns list', null, 'red\n…'],
    );
    assert.deepEqual([watch.on, watch.seconds, watch.expected], ['red@network1', 10, null]);
    assert.deepEqual(check.solution, [{ kind: 'run', on: 'network1', script: 'ip netns add red' }]);
    const [first, second] = check.that;
    assert.ok(first?.kind === 'run' && second?.kind === 'ping');
    assert.deepEqual([first.argv, first.prints?.source, first.within], [['ip', 'netns'], '^red\\b', 2]);
    assert.deepEqual([second.answers, second.why], [false, 'It answers.']);
    assert.equal(
      LESSON.split('\n')[second.line - 1],
      '  - { ping: { from: web1, to: 192.168.10.1 }, answers: false, why: It answers. }',
    );
    assert.equal(lesson.consoles.length, 1);
  });

  it('takes what a step declares for the solution of a check that names none', () => {
    const { lesson } = readLesson(LESSON);
    assert.ok(lesson);
    const solution: unknown = JSON.parse(JSON.stringify(lesson.steps[1]?.check.solution));
    assert.deepEqual(solution, [{ kind: 'declare', patch: { networks: { blue: {} } } }]);
    assert.equal(
      lesson.cells.find((cell) => cell.kind === 'check' && cell.step === 2),
      lesson.steps[1]?.check,
    );
  });

  it('is cut into parts whose cells are those of the lesson, each output with the cell that prints it', () => {
    const { parts, cells } = readLesson(LESSON);
    const own = parts.filter(({ kind }) => kind === 'cell');
    assert.deepEqual(
      own.map(({ range }) => range),
      cells.map(({ range }) => range),
    );
    assert.match(own[1]!.closing, /^\n```\n\n```text output\nred\n…\n```\n\n$/);
    assert.deepEqual(
      parts.filter(({ kind }) => kind === 'prose').map(({ body }) => body.split('\n')[0]),
      ['# Two hosts', '## A namespace', '## On a real cloud', '## Declared'],
    );
  });

  it('is the same again, byte for byte, whatever it is', () => {
    const pieces = [
      ...[
        '# T',
        '## S',
        '---',
        '```',
        '````',
        '~~~',
        '```bash on=web1',
        '```text output',
        '```yaml check',
        '```console',
      ],
      ...[
        'title: a',
        'that: [{ network: blue }]',
        'ip a',
        '  ',
        '\t',
        '',
        '> ```bash on=a',
        '- ```yaml check',
        '<details>',
      ],
      ...['`1`', '…', '\uFEFF', '\0', '    code', '  ```bash on=x'],
    ];
    const text = fc
      .array(fc.tuple(fc.oneof(fc.constantFrom(...pieces), fc.string()), fc.constantFrom('\n', '\r\n', '\n\n', '')), {
        maxLength: 25,
      })
      .map((lines) => lines.map(([line, end]) => line + end).join(''));
    fc.assert(
      fc.property(
        fc.oneof(
          text,
          fc.tuple(fc.nat(LESSON.length), text).map(([at, more]) => LESSON.slice(0, at) + more),
        ),
        (any) => {
          const parts = partsOf(any);
          assert.equal(textOf(parts), any);
          for (const { range, body, kind, opening } of parts) {
            const from = kind === 'cell' ? range.start + opening.length : range.start;
            if (kind !== 'front') assert.equal(any.slice(from, from + body.length), body);
          }
          readLesson(any);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('changes nothing but the body of a cell that is edited, which may hold fences itself', () => {
    const parts = partsOf(LESSON);
    const at = parts.findIndex(({ body }) => body === 'ip netns list');
    const edit = (body: string): string =>
      textOf(parts.map((part, index) => (index === at ? withBody(part, body) : part)));
    assert.equal(edit('ip a'), LESSON.replace('ip netns list', 'ip a'));
    const fenced = readLesson(edit('cat <<E\n```\nE')).lesson?.steps[0]?.cells[1];
    assert.ok(fenced?.kind === 'run');
    assert.equal(fenced.script, 'cat <<E\n```\nE');
    assert.equal(fenced.expected?.text, 'red\n…');
  });

  it('keeps the line breaks of Windows', () => {
    const { lesson, parts, problems } = readLesson(LESSON.replaceAll('\n', '\r\n'));
    assert.deepEqual(problems, []);
    const fenced = lesson?.steps[0]?.cells[1];
    assert.equal(fenced?.kind === 'run' && fenced.expected?.text, 'red\n…');
    assert.match(
      textOf(parts.map((part) => withBody(part, part.body === 'ip netns list' ? 'a\n```' : part.body))),
      /\r\n````\r\n/,
    );
  });
});

describe('what is wrong with a lesson', () => {
  const cases: readonly (readonly [what: string, text: string, problem: RegExp])[] = [
    ['no front matter', '# A\n', /^1: The lesson has no front matter\.$/],
    ['a lesson of an hour', LESSON.replace('minutes: 10', 'minutes: 60'), /^4: '60' is too large\.$/],
    [
      'a lab elsewhere',
      LESSON.replace('two.neutron.yaml', '../two.neutron.yaml'),
      /^5: .*no lab file beside the lesson/,
    ],
    ['a cell that is none', withBlock('```yaml chek\na: 1\n```'), /^11: `yaml chek` is no cell\.$/],
    ['an output of nothing', withBlock('```text output\na\n```'), /^11: This output follows no cell that runs\.$/],
    [
      'a cell in a list',
      withBlock('- ```yaml declare\n  networks: {}\n  ```'),
      /^11: A cell stands inside something else\.$/,
    ],
    ['a word that means nothing', withBlock('```bash on=web1 fro=3\nls\n```'), /^11: "fro=3" means nothing here\.$/],
    ['a place whose word is mistyped', withBlock('```bash onn=web1\nls\n```'), /^11: "onn=web1" means nothing here\.$/],
    ['a time that is none', withBlock('```bash on=web1 for=soon\nls\n```'), /^11: "for=soon" is no length of time\.$/],
    ['nothing to run', withBlock('```bash on=web1\n```'), /^11: This cell runs nothing\.$/],
    [
      'an unknown key',
      withBlock('```yaml show\nshow: topology\nhow: 1\n```'),
      /^13: 'how' is not an attribute here\.$/,
    ],
    ['broken YAML', withBlock('```yaml declare\nnetworks: [\n```'), /^1[23]: This is not YAML/],
    [
      'a choice that is not there',
      withBlock('```yaml predict\nquestion: q\nchoices: [a, b]\nanswer: 3\nbecause: b\n```'),
      /^14: There is no choice 3\.$/,
    ],
    [
      'no regular expression',
      withBlock(
        '```yaml predict\nquestion: q\nchoices: [a, b]\nanswer: 1\nbecause: b\nevidence: [{ on: a, run: [b], prints: "(" }]\n```',
      ),
      /^16: This is no regular expression/,
    ],
    [
      'a condition of nothing',
      withBlock('```yaml predict\nquestion: q\nchoices: [a, b]\nanswer: 1\nbecause: b\nevidence: [{ on: a }]\n```'),
      /^16: This condition says nothing that can be looked at\.$/,
    ],
    [
      'a second check',
      withBlock('```yaml check\ntitle: t\nhint: h\nthat: [{ network: blue }]\nsolution: [{ up: true }]\n```'),
      /^18: This step has a second check\.$/,
    ],
    [
      'a check before every step',
      `${HEAD}\n\`\`\`yaml check\ntitle: t\nhint: h\nthat: [{ network: blue }]\n\`\`\`\n`,
      /^8: This check stands in no step\.$/,
    ],
    ['a cell without an end', `${LESSON}\n\`\`\`yaml declare\nnetworks: {}\n`, /This cell does not end\.$/],
    [
      'an unknown fault',
      withBlock('```yaml experiment\nfaults: [{ fault: nod }]\n```'),
      /^12: 'nod' is not allowed here\.$/,
    ],
  ];
  for (const [what, text, problem] of cases) {
    it(`is told with its line: ${what}`, () => {
      const problems = problemsOf(text);
      assert.match(problems[0] ?? 'nothing', problem);
      assert.equal(readLesson(text).lesson, null);
    });
  }
});
