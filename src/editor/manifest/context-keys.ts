/** The context keys of ours, which `when` clauses ask: what is shown while a view is empty, and when a view is there. Pure. */

export const CONTEXT = {
  /** True while a plan waits for a decision. */
  hasPlan: 'neutron-lab.hasPlan',
  /** One of `unasked`, `looking`, `there`, `missing`, `forbidden`, `unusable`. */
  engine: 'neutron-lab.engine',
  /** What to do about an engine that is missing: one of `debian`, `linux`, `desktop`. */
  system: 'neutron-lab.system',
  /** True where we could install one. */
  canInstallEngine: 'neutron-lab.canInstallEngine',
  /** One of `unknown`, `there`, `missing`. */
  image: 'neutron-lab.image',
  /** True once the lessons were looked for: until then nobody can say that there is none. */
  lessonsRead: 'neutron-lab.lessonsRead',
} as const;

export type ContextKey = keyof typeof CONTEXT;

/** A `when` clause: the key has this value. */
export function whenIs(key: ContextKey, value: string): string {
  return `${CONTEXT[key]} == ${value}`;
}
