/** The JSON schema of a lab file, for editors: completion and help while writing. */
import { z } from 'zod';
import { labFileSchema } from './schema.js';

/** Draft 7, which editors understand best. */
export function labFileJsonSchema(): object {
  return z.toJSONSchema(labFileSchema, { target: 'draft-7', io: 'input' });
}
