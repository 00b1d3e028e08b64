/** A change of a text. */
export interface TextEdit {
  /** Offset into the old text, in UTF-16 code units. */
  readonly start: number;
  /** Excluded; equal to `start` where text is only put in. */
  readonly end: number;
  readonly text: string;
}
