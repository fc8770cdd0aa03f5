import type { RecordBody } from './codec.ts'
import { bodyText } from './codec.ts'
import { openPackedList, PackedListWriter } from './packed-list.ts'

const USUAL_TEXT_BYTES = 600

/** Bodies of a segment, one JSON text each, so that opening one client parses one. */
export function packBodies(bodies: readonly (RecordBody | string)[]): Uint8Array<ArrayBuffer> {
  return packTexts(bodies.map(bodyText))
}

/** The same of texts as they are to stand there. */
export function packTexts(texts: readonly string[]): Uint8Array<ArrayBuffer> {
  const writer = new PackedListWriter(texts.length, 0, texts.length * USUAL_TEXT_BYTES)
  for (const text of texts) {
    writer.text(text)
    writer.end()
  }
  return writer.bytes()
}

const decoder = new TextDecoder()

/** The text of the body at a place; null where it is not there or damaged. */
export function bodyTextIn(bytes: Uint8Array, index: number): string | null {
  const list = openPackedList(bytes, 0)
  if (list?.isWhole(index) !== true) return null
  return decoder.decode(bytes.subarray(list.startOf(index), list.endOf(index)))
}
