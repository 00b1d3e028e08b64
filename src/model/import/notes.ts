/** What became of that in the cloud which a lab has no word for. Nothing is dropped without a note. */
import { show } from '../lab-file/text.js';

export type NoteCode =
  /** Left out: a lab cannot have it. */
  | 'NotRepresented'
  /** In the lab, but not the same. */
  | 'Changed'
  /** What was given does not tell it; a choice was made. */
  | 'Assumed'
  /** A document, or a part of one, that is not read. */
  | 'NotRead';

export interface NoteResource {
  readonly kind: string;
  readonly id: string;
  readonly name: string;
}

export interface Note {
  readonly code: NoteCode;
  /** A sentence. */
  readonly message: string;
  /** What it is about; empty for the lab as a whole. */
  readonly resources: readonly NoteResource[];
}

export class NoteList {
  readonly #notes = new Map<string, { code: NoteCode; message: string; resources: Map<string, NoteResource> }>();

  readonly #told = new Set<string>();

  /**
   * The same about several resources is one note.
   * @param attributes What a comparison of the resource need not tell again.
   */
  add(code: NoteCode, message: string, resource?: NoteResource, attributes: readonly string[] = []): void {
    for (const attribute of attributes) this.#told.add(`${resource?.kind ?? ''} ${resource?.id ?? ''} ${attribute}`);
    const key = `${code} ${message}`;
    const note = this.#notes.get(key) ?? { code, message, resources: new Map<string, NoteResource>() };
    if (resource !== undefined) note.resources.set(`${resource.kind} ${resource.id}`, resource);
    this.#notes.set(key, note);
  }

  tells(resource: NoteResource, attribute: string): boolean {
    return this.#told.has(`${resource.kind} ${resource.id} ${attribute}`);
  }

  toArray(): Note[] {
    const order: readonly NoteCode[] = ['NotRead', 'NotRepresented', 'Changed', 'Assumed'];
    return [...this.#notes.values()]
      .map((note) => ({ ...note, resources: [...note.resources.values()] }))
      .sort((one, other) => order.indexOf(one.code) - order.indexOf(other.code));
  }
}

/** More names than these are counted, not listed. */
const SHOWN = 6;

const TITLES: Readonly<Record<NoteCode, string>> = {
  NotRead: 'not read',
  NotRepresented: 'left out',
  Changed: 'changed',
  Assumed: 'assumed',
};

/** One line: "left out: network blue, green: `description` …". */
export function renderNote({ code, message, resources }: Note): string {
  const kinds = [...new Set(resources.map(({ kind }) => kind))];
  const about = kinds.map((kind) => {
    const names = resources.filter((resource) => resource.kind === kind).map(nameOf);
    const more = names.length > SHOWN ? ` and ${String(names.length - SHOWN)} more` : '';
    return `${kind.replaceAll('_', ' ')} ${names.slice(0, SHOWN).join(', ')}${more}`;
  });
  return [TITLES[code], ...(about.length === 0 ? [] : [about.join('; ')]), message].join(': ');
}

function nameOf({ id, name }: NoteResource): string {
  return name === '' ? id : show(name).slice(1, -1);
}
