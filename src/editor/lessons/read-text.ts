/** A lesson's text as it is read, once for each text: who opens, runs and lists a lesson asks for the same one many times. Pure. */
import { type LessonReading, readLesson } from '../../lesson/format/read.js';

/** Texts that are kept: those of all lessons, and of some edits. */
const MOST = 40;
const known = new Map<string, LessonReading>();

export function readText(text: string): LessonReading {
  const reading = known.get(text) ?? readLesson(text);
  // The one that was asked for last is the last one to go.
  known.delete(text);
  known.set(text, reading);
  const [oldest] = known.keys();
  if (known.size > MOST && oldest !== undefined) known.delete(oldest);
  return reading;
}
