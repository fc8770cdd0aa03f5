import type { FieldKey, FieldValue } from '../model/field.ts'

/** A value that has no field of ours, or no room in it: it goes into the notes under its label. */
export interface KeptValue {
  readonly label: string
  readonly value: string
}

/** One client as a file has it, whatever the format. Nothing is checked yet: that depends on where it goes. */
export interface ReadClient {
  /** Where it begins in the file, from 1. */
  readonly line: number
  readonly fields: Readonly<Partial<Record<FieldKey, FieldValue>>>
  /** In the words of the file; a source may know it by another id. */
  readonly status: string | null
  readonly kept: readonly KeptValue[]
  /** Kept only where first and last name are all that there is room for. */
  readonly nameParts: readonly KeptValue[]
  /** As our own cards name it. */
  readonly uid: string | null
}

/** Something of a file that could not be read as it should; said with its line. */
export interface FileProblem {
  readonly line: number
  readonly code: FileProblemCode
  /** The beginning of what stands there. */
  readonly text: string
}

export type FileProblemCode =
  /** vCard: a line that is no property. What stands there is kept in the notes. */
  | 'not-a-property'
  /** vCard: a line between cards. */
  | 'outside-card'
  /** vCard: the file, or the next card, begins before this one has ended. It is read all the same. */
  | 'card-not-ended'
  /** vCard: a list of people, and no person. */
  | 'group'
  /** Nothing that a client is made of. */
  | 'empty'
  /** Longer than a value may be: cut. */
  | 'line-too-long'
  /** A card in a card. */
  | 'nested-card'
  /** CSV: other than the header has. */
  | 'more-cells'
  | 'fewer-cells'
  /** CSV: a quote that is never closed; its line is left out, and reading goes on with the next. */
  | 'quote-not-closed'
  /** CSV: a quote in the middle of a cell. The row is read all the same. */
  | 'quote-inside'
  /** CSV: quotes are taken for text from here on. */
  | 'quotes-are-text'

/** Problems that cost a row, or a part of one: the rest is read as it stands. */
export const LOST_ROWS: ReadonlySet<FileProblemCode> = new Set(['outside-card', 'group', 'empty', 'quote-not-closed'])
