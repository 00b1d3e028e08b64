/** Attributes that many resources have alike. */
import type { Attribute } from './attribute.js';
import { text } from './validators.js';

/** Characters of a name (`NAME_FIELD_SIZE`). */
const NAME_LENGTH = 255;

export const NAME: Attribute = { post: true, put: true, validate: text(NAME_LENGTH) };
export const READ_ONLY: Attribute = { post: false, put: false };

/** Accepted as Neutron accepts them; nothing in a lab depends on them, so they are not kept. */
export const IGNORED: Attribute = { post: true, put: true };
export const IGNORED_ON_CREATE: Attribute = { post: true, put: false };

export const STAMPS = {
  tags: READ_ONLY,
  created_at: READ_ONLY,
  updated_at: READ_ONLY,
  revision_number: READ_ONLY,
} as const;
