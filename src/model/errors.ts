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
