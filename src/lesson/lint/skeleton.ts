/** A lesson to begin with: it runs, passes its own checks, and shows each kind of cell. Pure. */
import { LabError } from '../../model/errors.js';

export interface Skeleton {
  /** The name of the lab file. */
  readonly lab: string;
  readonly lesson: string;
  readonly start: string;
}

/** @param name Of its folder: `16-my-lesson` or `my-lesson`. @throws LabError */
export function skeletonOf(name: string): Skeleton {
  const plain = name.replace(/^\d+-/, '');
  if (!/^[a-z]([a-z0-9-]{0,48}[a-z0-9])?$/.test(plain))
    throw new LabError(
      'InvalidName',
      `"${name}" cannot be the name of a lesson.`,
      'Take small letters, digits and hyphens, as in 16-my-lesson: it becomes the name of its lab, too.',
    );
  const lab = `${plain}.neutron.yaml`;
  const words = plain.replaceAll('-', ' ');
  const title = words.charAt(0).toUpperCase() + words.slice(1);
  return { lab, lesson: lessonText(title, lab), start: startText(plain) };
}

function startText(name: string): string {
  return `# The lesson begins here.
lab: ${name}
nodes:
  network1: { agents: [dhcp] }
  compute1: {}
networks:
  blue:
    subnets:
      blue-v4: { cidr: 192.168.10.0/24 }
instances:
  web1: { networks: [blue] }
`;
}

function lessonText(title: string, lab: string): string {
  return `---
title: ${title}
summary: What a learner can do afterwards, in a sentence.
minutes: 10
lab: ${lab}
books:
  - { title: Learning OpenStack Networking, chapter: The title of its chapter }
---

# ${title}

The aim: what you will understand afterwards, and what the lab begins with.

\`\`\`bash on=web1
ip -4 -br address show eth0
\`\`\`

\`\`\`text output
eth0@… UP 192.168.10.…/24
\`\`\`

## A second instance

\`\`\`yaml predict
question: You plug a second instance into the network blue. Through how many routers do the two speak?
choices: [none, one]
answer: 1
because: |
  They are on one network, which is one link.
evidence:
  - { on: web1, run: [ip, route], prints: '^192\\.168\\.10\\.0/24 dev eth0' }
\`\`\`

Declare the instance \`db1\` on the network \`blue\`, and bring the lab up.

\`\`\`yaml declare
instances:
  db1: { networks: [blue] }
\`\`\`

\`\`\`yaml check
title: web1 and db1 reach each other
hint: An instance has a list of networks.
that:
  - { instance: db1, has: { networks: [blue] } }
  - { ping: { from: web1, to: db1 }, within: 3 }
\`\`\`

\`\`\`yaml show
show: topology
\`\`\`

## On a real cloud

\`\`\`console
$ openstack network show blue
+-------+-------+
| Field | Value |
+-------+-------+
| mtu   | 1450  |
| name  | blue  |
+-------+-------+
\`\`\`

## The books' release and today

What was different then.

## Questions an examiner would ask

<details>
<summary>A question?</summary>

Its answer.

</details>
`;
}
