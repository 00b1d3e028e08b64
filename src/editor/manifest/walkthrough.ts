/** The first steps, on the page that `npm start` opens: what a newcomer does in the first ten minutes. Pure. */
import { command } from './command-link.js';
import type { CommandId } from './commands.js';
import type { ViewId } from './views.js';

export interface WalkthroughStep {
  readonly title: string;
  /** Paragraphs of Markdown; one that is nothing but a link is a button. */
  readonly description: readonly string[];
  /** Below `src/editor/media/walkthrough`, in the colours of the theme. */
  readonly picture: string;
  /** What the picture shows, for those who do not see it. */
  readonly alt: string;
  /** What ticks it off; by default its buttons do. */
  readonly completion?: readonly `on${'Command' | 'View'}:${CommandId | ViewId}`[];
}

export const WALKTHROUGH = {
  id: 'start',
  title: 'Get Started with Neutron Lab',
  description: 'From a lab file to a failover that you have measured yourself.',
};

/** VS Code makes these commands for views. */
const SHOW_LABS = 'command:neutron-lab.labs.focus';
const SHOW_LESSONS = 'command:neutron-lab.lessons.focus';

export const STEPS: Readonly<Record<string, WalkthroughStep>> = {
  engine: {
    title: 'Find the container engine',
    description: [
      'Each node of a lab is a container. The Labs view looks for your engine when it opens: Docker Engine, Docker Desktop or Podman. Where none answers, it says what to do.',
      `[Open the Labs View](${SHOW_LABS})`,
    ],
    picture: 'engine.svg',
    alt: 'A container engine, and three nodes that it runs',
    completion: ['onView:neutron-lab.labs'],
  },
  image: {
    title: 'Get the image of the nodes',
    description: [
      'All nodes have one image, made once: Debian with keepalived, dnsmasq and iptables. It is made by itself before the first lab comes up, in less than a minute, and without internet from a file that you have saved.',
      `[Make the Image Now](${command('neutron-lab.buildImage')})`,
    ],
    picture: 'image.svg',
    alt: 'One image with keepalived, dnsmasq and iptables, from which all nodes are made',
  },
  lab: {
    title: 'Open a lab',
    description: [
      "A lab file says in Neutron's words what should be there: networks, routers, instances. **ha-router** has an HA router on three network nodes, two tenant networks and an instance on each.",
      '[Open a File](command:workbench.action.quickOpen?%22ha-router.neutron.yaml%22)',
    ],
    picture: 'lab.svg',
    alt: 'An HA router between two networks, with an instance on each',
  },
  up: {
    title: 'Bring it up',
    description: [
      'Press ▷ beside the lab in the Labs view. After a second or two there are real namespaces, a real keepalived, a real dnsmasq, and one of the three routers is MASTER.',
      `[Bring Up a Lab](${command('neutron-lab.up')})`,
    ],
    picture: 'up.svg',
    alt: 'Three nodes with a router each: one is marked M for MASTER, two are marked B for BACKUP',
  },
  look: {
    title: 'Look inside',
    description: [
      "Double-click a node, a namespace or an instance: a shell opens there. Try `ip netns`, `ip address` in the router's namespace, or `ping 192.168.20.1` on **web1**. The menu of each row shows its files, rules and routes as documents.",
    ],
    picture: 'look.svg',
    alt: 'A terminal in the namespace of the router: it has the address of the gateway',
  },
  failover: {
    title: 'Break it',
    description: [
      'Choose **Measure Failover…** in the menu of the router. The node of its MASTER is killed, another one takes over, and a report puts the outage that you have measured beside the one that RFC 3768 predicts.',
      `[Measure a Failover](${command('neutron-lab.failover')})`,
    ],
    picture: 'failover.svg',
    alt: 'A timeline: the MASTER falls silent, pings are lost, another node becomes MASTER, pings are answered again',
  },
  lessons: {
    title: 'Take a lesson',
    description: [
      'From two hosts in one kernel to a router that fails over: each lesson asks what you expect, lets you try it on a real lab, and checks what you did. Each takes 10 to 30 minutes.',
      `[Show the Lessons](${SHOW_LESSONS})`,
    ],
    picture: 'lessons.svg',
    alt: 'A page of a lesson: a question with three answers, a command with its output, and a check that is passed',
    completion: ['onView:neutron-lab.lessons'],
  },
  next: {
    title: 'Make it yours',
    description: [
      "Change the file while the lab runs, and apply what has changed: nothing else is touched. Then write a lab of your own, or import a real cloud's networks.",
      `[New Lab](${command('neutron-lab.newLab')})`,
    ],
    picture: 'next.svg',
    alt: 'A lab file with one line changed, and the one port that changes with it',
  },
};
