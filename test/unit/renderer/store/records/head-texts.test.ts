import fc from 'fast-check'
import { expect, test } from 'vitest'
import { allTextsIn, type HeadTexts, textIn } from '../../../../../renderer/store/records/head-texts.ts'

function textsOf(all: readonly string[]): HeadTexts {
  const bytes = all.map((text) => new TextEncoder().encode(text))
  const ends = new Uint32Array(all.length)
  let size = 0
  for (const [i, part] of bytes.entries()) {
    size += part.length
    ends[i] = size
  }
  return { bytes: new Uint8Array(bytes.flatMap((part) => [...part])), ends }
}

test('all texts at once are those that are asked for one by one, in any script', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 9 }),
    fc.constantFrom('', '\ufeffx', '姓名', '🙂', 'Zoë'),
  )
  fc.assert(
    fc.property(fc.array(text, { maxLength: 20 }), (all) => {
      const texts = textsOf(all)
      expect(allTextsIn(texts)).toEqual(all)
      expect(all.map((_, i) => textIn(texts, i))).toEqual(all)
    }),
    { numRuns: 60 },
  )
})

test('bytes that are no text are not cut at the wrong places', () => {
  expect(allTextsIn({ bytes: new Uint8Array([0xe5, 0x41, 0x80, 0x42]), ends: new Uint32Array([2, 4]) })).toBeNull()
})
