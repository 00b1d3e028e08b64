/** Commands are data: what a plan prints, the runner executes, the command log shows and golden tests assert. */
import type { ResourceRef } from '../model/resources.js';
import type { NamespaceName } from '../neutron/node-state.js';

export type Action =
  /** Run to its end. `stdin` is what a person would redirect from a file. */
  | { readonly type: 'run'; readonly argv: readonly string[]; readonly stdin?: string }
  /** Start and leave running, its pid in `pidFile`; `daemonizes`: it goes to the background and writes the file itself. */
  | {
      readonly type: 'spawn';
      readonly argv: readonly string[];
      readonly pidFile: string;
      readonly daemonizes: boolean;
      readonly hostname?: string;
    }
  | { readonly type: 'write'; readonly path: string; readonly content: string; readonly mode: number }
  /** A file, or a directory with what is in it. */
  | { readonly type: 'remove'; readonly path: string }
  /** Signal the process of a pid file. TERM waits up to 5 s and then sends KILL, as Neutron's agents do. */
  | { readonly type: 'signal'; readonly signal: 'HUP' | 'TERM'; readonly pidFile: string; readonly process: string };

export interface Step {
  readonly node: string;
  /** The empty string is the root namespace of the node. */
  readonly namespace: NamespaceName;
  readonly change: 'create' | 'update' | 'remove';
  readonly action: Action;
  readonly resource: ResourceRef;
  readonly why: string;
}
