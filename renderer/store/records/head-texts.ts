import type { FieldKey } from '../../../shared/model/field.ts'
import { textFieldIn } from '../segments/head-text.ts'
import type { PackedHeads } from '../segments/packed-heads.ts'

/** The texts of a segment's heads, as they stay in memory: what stands in columns is left out. */
export interface HeadTexts {
  readonly bytes: Uint8Array
  readonly ends: Uint32Array
}

export const NO_TEXTS: HeadTexts = { bytes: new Uint8Array(), ends: new Uint32Array() }

export function headTexts(packed: PackedHeads): HeadTexts {
  const ends = new Uint32Array(packed.count)
  let size = 0
  for (let i = 0; i < packed.count; i++) {
    if (packed.isWhole(i)) size += packed.textEnd(i) - packed.textStart(i)
    ends[i] = size
  }
  const bytes = new Uint8Array(size)
  const from = packed.list.bytes
  for (let i = 0; i < packed.count; i++) {
    const start = i === 0 ? 0 : (ends[i - 1] ?? 0)
    if (ends[i] !== start) bytes.set(from.subarray(packed.textStart(i), packed.textEnd(i)), start)
  }
  return { bytes, ends }
}

// Of any bytes, as many units as `allTextsIn` counts: nothing at their beginning is taken for a mark and left out.
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/** Empty where the entry was not whole. */
export function textIn({ bytes, ends }: HeadTexts, index: number): string {
  return decoder.decode(bytes.subarray(index === 0 ? 0 : ends[index - 1], ends[index]))
}

/** All of them at once: a call of the decoder for each costs more than the texts. Null for bytes that are no text. */
export function allTextsIn({ bytes, ends }: HeadTexts): readonly string[] | null {
  const all = decoder.decode(bytes)
  const texts: string[] = []
  let at = 0
  let units = 0
  for (const end of ends) {
    const from = units
    for (; at < end; at++) {
      const byte = bytes[at] ?? 0
      // A byte that begins a character: one unit of a text, two where it takes four bytes.
      if ((byte & 0xc0) !== 0x80) units += byte >= 0xf0 ? 2 : 1
    }
    texts.push(all.slice(from, units))
  }
  return units === all.length ? texts : null
}

/** One text of an entry, as `textFieldIn` finds it. */
export function fieldIn({ bytes, ends }: HeadTexts, index: number, field: FieldKey): string | null | undefined {
  return textFieldIn(bytes, index === 0 ? 0 : (ends[index - 1] ?? 0), ends[index] ?? 0, field)
}
