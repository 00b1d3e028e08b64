/** What a cell of the notebook keeps of the text that it was made of. Pure. */
import { z } from 'zod';

const part = z.object({
  kind: z.enum(['prose', 'cell']),
  opening: z.string(),
  body: z.string(),
  closing: z.string(),
});

const metadata = z.object({
  /** Its name while the notebook is open, for its card. */
  id: z.string(),
  /** The slice of the text that it stands for; what is not edited is written back as it was. */
  part,
  /** What is shown in place of the body: the question of YAML that holds the answer, too. Null: the body itself. */
  shown: z.string().nullable(),
});

export type CellMetadata = z.infer<typeof metadata>;
export type CellPart = CellMetadata['part'];

/** Null for a cell that was added in the notebook. */
export function metadataOf(value: unknown): CellMetadata | null {
  const read = metadata.safeParse(value);
  return read.success ? read.data : null;
}

/** What stands between the fences of a cell; empty for one that was added. */
export function bodyOf(value: unknown): string {
  return metadataOf(value)?.part.body ?? '';
}
