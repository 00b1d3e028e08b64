/** The base of every error that a person sees: it reads the same in the terminal and in the editor. */
export class LabError extends Error {
  /**
   * @param code Neutron's error type where its server has one, a code of ours otherwise.
   * @param message What is wrong, a sentence.
   * @param remedy What would be right, a sentence.
   */
  constructor(
    readonly code: string,
    message: string,
    readonly remedy: string,
  ) {
    super(message);
    this.name = new.target.name;
  }
}

/** Where in a request something is wrong: attribute names and places in lists, as `['fixed_ips', 0, 'ip_address']`. */
export type AttributePath = readonly (string | number)[];

/** What Neutron's server would refuse, as a value: rules find it, operations throw it, a lab file shows it with its line. */
export interface Violation {
  /** Neutron's error type. */
  readonly type: string;
  /** The status of the API's answer. */
  readonly status: number;
  /** Neutron's own wording. */
  readonly message: string;
  readonly remedy: string;
  readonly at: AttributePath;
}

/** A request that Neutron's server refuses: the type, status and message that its API would answer with. */
export class NeutronError extends LabError {
  /** Neutron's error type, the same as `code`. */
  readonly type: string;
  /** The status of the API's answer, 400 to 503. */
  readonly status: number;
  readonly at: AttributePath;

  constructor({ type, status, message, remedy, at }: Violation) {
    super(type, message, remedy);
    this.type = type;
    this.status = status;
    this.at = at;
  }
}
