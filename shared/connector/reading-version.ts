/**
 * Counts up whenever a connector reads the same record into other fields than before: the next sweep of each source is
 * then a full one, so that what is stored is read anew. No edit and no line of the history comes of it.
 */
export const READING_VERSION = 1
