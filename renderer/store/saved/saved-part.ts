/**
 * A piece of memory as it lies on the disk, so that a start reads bytes instead of building anew. Pieces are told apart by
 * `id`; `version` differs whenever the bytes would: a piece whose version is on the disk already is not written again.
 */
export interface SavedPart {
  readonly id: string
  readonly version: number
  /** Made only when asked for. Views into live memory are allowed: they are copied before anything else runs. */
  readonly bytes: () => Uint8Array
}

/** Version of a piece that was loaded and is, to the byte, what was loaded. Whoever changes it gives it a higher one. */
export const LOADED_VERSION = 0

/** Parts read back, by id. */
export type SavedParts = ReadonlyMap<string, Uint8Array>
