/** What the bundle of the editor gives to that of the lessons, which has no copy of it. */
import type { Operations } from '../run/operations.js';
import type { Runner } from '../run/run-commands.js';
import type { Services } from '../services.js';

export interface LessonHost {
  readonly services: Services;
  readonly runner: Runner;
  readonly operations: Operations;
  /** English to the language of this window. */
  readonly words: Readonly<Record<string, string>>;
}
