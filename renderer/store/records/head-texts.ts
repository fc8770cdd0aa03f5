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

const decoder = new TextDecoder()

/** Empty where the entry was not whole. */
export function textIn({ bytes, ends }: HeadTexts, index: number): string {
  return decoder.decode(bytes.subarray(index === 0 ? 0 : ends[index - 1], ends[index]))
}

/** One text of an entry, as `textFieldIn` finds it. */
export function fieldIn({ bytes, ends }: HeadTexts, index: number, field: FieldKey): string | null | undefined {
  return textFieldIn(bytes, index === 0 ? 0 : (ends[index - 1] ?? 0), ends[index] ?? 0, field)
}
