/** JSON of a stranger in, plain data out: its size, depth and keys are looked at before anything else is. */
import { LabError } from '../errors.js';
import { show } from '../lab-file/text.js';

/** Bytes of all files together. A cloud of 5000 ports takes about this much. */
export const MAX_JSON_BYTES = 10_000_000;
/** Levels of nesting; Neutron's API has seven. */
export const MAX_JSON_DEPTH = 24;

/** The key with which a text would reach into the objects of a program. */
const FORBIDDEN = '__proto__';

/** How our own exports begin, and templates and configurations of anybody. */
const EXPORTED = /^#!|^# The lab |^heat_template_version:|^terraform \{/m;

/** What was given is not JSON, or more than is read. */
export class ImportRefused extends LabError {}

/**
 * @param file Its name, for messages.
 * @throws ImportRefused
 */
export function parseJson(file: string, text: string): unknown {
  if (text.length > MAX_JSON_BYTES) {
    throw new ImportRefused(
      'FileTooLarge',
      `${file} has ${String(text.length)} characters, at most ${String(MAX_JSON_BYTES)} are read.`,
      'Import the networks and routers that matter: `openstack port list` and the API take filters.',
    );
  }
  // A byte order mark is what some shells on Windows put before a redirected output.
  const body = text.replace(/^\uFEFF/, '');
  if (nestsTooDeeply(body)) {
    throw new ImportRefused(
      'NestedTooDeeply',
      `${file} nests more than ${String(MAX_JSON_DEPTH)} levels deep.`,
      "What Neutron's API answers has seven levels; is it the right file?",
    );
  }
  const keys = new Set<string>();
  try {
    const value: unknown = JSON.parse(body, (key, inner: unknown) => {
      if (key === FORBIDDEN) keys.add(key);
      return inner;
    });
    if (keys.size === 0) return value;
  } catch (error) {
    const why = error instanceof Error ? error.message.replace(/\s+/g, ' ') : String(error);
    throw new ImportRefused(
      'InvalidJson',
      `${file} is not JSON: ${show(why).slice(1, -1)}.`,
      EXPORTED.test(body)
        ? 'An export is run in a cloud first; import reads what that cloud then answers, as JSON.'
        : 'Give what the API answered, or what `openstack … -f json` printed, and nothing around it.',
    );
  }
  throw new ImportRefused(
    'InvalidKey',
    `${file} has the key '${FORBIDDEN}', which no answer of Neutron has.`,
    'Remove it, and do not trust where the file comes from.',
  );
}

/** Counted without recursion, before a parser sees the text. */
function nestsTooDeeply(text: string): boolean {
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (quoted) {
      if (character === '\\') at++;
      else if (character === '"') quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === '{' || character === '[') {
      depth++;
      if (depth > MAX_JSON_DEPTH) return true;
    } else if (character === '}' || character === ']') depth--;
  }
  return false;
}
