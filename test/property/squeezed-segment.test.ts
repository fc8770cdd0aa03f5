import fc from 'fast-check'
import { expect, test } from 'vitest'
import { leanBody, wholeBody } from '../../renderer/store/segments/lean-body.ts'
import { openPackedList, PackedListWriter } from '../../renderer/store/segments/packed-list.ts'
import { isSqueezed, squeeze, unsqueezed } from '../../renderer/store/segments/squeeze.ts'

const RUNS = { numRuns: 60 }
const text = fc.string({ unit: 'grapheme', maxLength: 12 })

test('a body is what it was, whatever its head has in common with it', () => {
  const values = fc.array(fc.oneof(text, fc.constantFrom('\u0001#', '"', '\\', 'rec', '\u0002')), { maxLength: 8 })
  fc.assert(
    fc.property(values, fc.jsonValue(), text, fc.boolean(), (shared, more, remoteId, isJson) => {
      const head = JSON.stringify(['abc', shared, null, remoteId])
      const body = isJson ? JSON.stringify([[], { id: remoteId, shared, more }]) : [...shared, '\u0001$'].join('')
      expect(wholeBody(leanBody(body, head, remoteId), head, remoteId)).toBe(body)
    }),
    RUNS,
  )
})

test('what a body shares with its head takes two characters, and a head that is not its own gives nothing', () => {
  const head = JSON.stringify(['a', ['Jane Miller', 'jane@example.com']])
  const body = JSON.stringify([[], { name: 'Jane Miller', mail: 'jane@example.com' }])
  const lean = leanBody(body, head, 'c1')
  expect(lean.length).toBe(body.length - '"Jane Miller"'.length - '"jane@example.com"'.length + 4)
  expect(wholeBody(lean, JSON.stringify(['a', []]), 'c1')).toBeNull()
})

test('squeezed bytes come back as they were', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 3_000 }), (bytes) => {
      const small = squeeze(bytes)
      expect(isSqueezed(small)).toBe(true)
      expect(unsqueezed(small)).toEqual(bytes)
    }),
    RUNS,
  )
})

function squeezedList(count: number): { readonly list: Uint8Array; readonly small: Uint8Array } {
  const writer = new PackedListWriter(count, 0, count * 40)
  for (let i = 0; i < count; i++) {
    writer.text(`client ${i * 7919} of ${count}, ${Math.imul(i + 1, 0x9e3779b1)}`)
    writer.end()
  }
  const list = writer.bytes()
  return { list, small: squeeze(list) }
}

test('a damaged byte costs nothing that stands before it, and nothing is ever taken for whole that is not', () => {
  const { list, small } = squeezedList(200)
  const whole = openPackedList(list, 0)
  if (whole === null) throw new Error('no list')
  fc.assert(
    fc.property(fc.integer({ min: 8, max: small.length - 1 }), fc.integer({ min: 1, max: 255 }), (at, bits) => {
      const damaged = small.slice()
      damaged[at] = (damaged[at] ?? 0) ^ bits
      const read = openPackedList(unsqueezed(damaged), 0)
      if (read === null) return
      for (let i = 0; i < Math.min(read.count, whole.count); i++) {
        if (!read.isWhole(i)) continue
        expect(read.bytes.subarray(read.startOf(i), read.endOf(i))).toEqual(
          whole.bytes.subarray(whole.startOf(i), whole.endOf(i)),
        )
      }
    }),
    RUNS,
  )
  // Cut off in the middle, as by a file that has lost its end: what stands before is there.
  const cut = openPackedList(unsqueezed(small.slice(0, Math.floor(small.length * 0.75))), 0)
  expect([0, 20].map((i) => cut?.isWhole(i))).toEqual([true, true])
  expect(cut?.isWhole(199)).toBe(false)
})

test('a size that no such bytes can have is damage, and takes no memory', () => {
  const { small } = squeezedList(3)
  small.set([0xff, 0xff, 0xff, 0xff], 4)
  expect(unsqueezed(small)).toHaveLength(0)
})
