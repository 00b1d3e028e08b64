/** A cloud in, a lab file out: what Neutron's API or its client told in JSON becomes the text of a lab. */
import { MAX_TEXT } from '../lab-file/limits.js';
import type { Problem } from '../lab-file/problems.js';
import { readLabFile } from '../lab-file/read.js';
import type { Lab } from '../resources.js';
import { complete } from './complete.js';
import { ImportContext } from './context.js';
import { Gatherer, type ImportFile } from './gather.js';
import { hostLabel } from './labels.js';
import { NoteList, type Note } from './notes.js';
import { ImportRefused, MAX_JSON_BYTES, parseJson } from './parse-json.js';
import { labFileSections, labFileText } from './to-lab-file.js';
import { validate, type ImportProblem } from './validate.js';
import { verify } from './verify.js';

/** More than a lab may have ports. */
const MAX_RESOURCES = 12_000;

export interface Imported {
  /** Null where what was given is wrong. */
  readonly text: string | null;
  /** Null where the text is no valid lab file either: `problems` tell why. */
  readonly lab: Lab | null;
  /** What is not the same as in the cloud. */
  readonly notes: readonly Note[];
  /** What is wrong with what was given. */
  readonly inputProblems: readonly ImportProblem[];
  /** What the reader of lab files says of the text. */
  readonly problems: readonly Problem[];
}

/**
 * @param name Of the lab; made into a host label.
 * @throws ImportRefused for what is not JSON, too large or nested too deeply, and where nothing of a cloud was given
 */
export function importCloud(files: readonly ImportFile[], name: string): Imported {
  const size = files.reduce((sum, { text }) => sum + text.length, 0);
  if (size > MAX_JSON_BYTES) {
    throw new ImportRefused(
      'FileTooLarge',
      `The files have ${String(size)} characters together, at most ${String(MAX_JSON_BYTES)} are read.`,
      'Import the networks and routers that matter: `openstack port list` and the API take filters.',
    );
  }
  const notes = new NoteList();
  const gatherer = new Gatherer(notes);
  for (const { name: file, text } of files) gatherer.add(file, parseJson(file, text));
  const gathered = gatherer.result();
  if (!gathered.records.some(({ kind }) => kind !== 'agent')) {
    throw new ImportRefused(
      'NothingToImport',
      `There is no network, subnet, port or router in ${files
        .map((file) => file.name)
        .join(', ')
        .slice(0, 200)}.`,
      'Give what `openstack network list -f json` and its like print, or what the API answers.',
    );
  }
  if (gathered.records.length > MAX_RESOURCES) {
    throw new ImportRefused(
      'TooManyResources',
      `The files hold ${String(gathered.records.length)} resources, at most ${String(MAX_RESOURCES)} are imported.`,
      'Import the networks and routers that matter: `openstack port list` and the API take filters.',
    );
  }
  const { cloud: given, problems: inputProblems } = validate(gathered, notes);
  if (inputProblems.length > 0) return { text: null, lab: null, notes: notes.toArray(), inputProblems, problems: [] };
  const cloud = complete(given, notes);
  const sections = labFileSections(hostLabel(name) || 'imported', new ImportContext(cloud, notes));
  const { lab, problems } = readLabFile(labFileText(sections, []));
  if (lab !== null) verify(cloud, lab, notes);
  const all = notes.toArray();
  const text = labFileText(sections, all);
  if (text.length > MAX_TEXT) {
    throw new ImportRefused(
      'LabTooLarge',
      `The lab file would have ${String(text.length)} characters, at most ${String(MAX_TEXT)} are read: there are ${String(cloud.ports.length)} ports.`,
      'Import the networks and routers that matter: `openstack port list` and the API take filters.',
    );
  }
  // The lines of problems are those of the text that is handed out.
  return { text, lab, notes: all, inputProblems, problems: lab === null ? readLabFile(text).problems : problems };
}
