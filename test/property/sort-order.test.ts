import fc from 'fast-check'
import { expect, test } from 'vitest'
import { atOnce } from '../../renderer/store/in-slices.ts'
import { createBlockOrder } from '../../renderer/store/projection/block-order.ts'
import { equalRuns, sortSlots } from '../../renderer/store/projection/sort-slots.ts'
import { createSortSymbols } from '../../renderer/store/projection/sort-symbols.ts'
import { createTextKeys } from '../../renderer/store/projection/text-keys.ts'

const LOCALES = [
  'en',
  'de',
  'sv',
  'da',
  'cs',
  'sk',
  'hu',
  'hr',
  'cy',
  'es',
  'lt',
  'et',
  'vi',
  'tr',
  'pl',
  'ru',
  'uk',
  'el',
  'he',
  'ar',
  'th',
  'hi',
  'zh',
  'ja',
  'ko',
]

/** Letters that languages, the collator and Unicode treat in ways of their own, and plain ones between them. */
const PIECES = [
  ...'abcdefghijklmnopqrstuvwxyzABCDEHILNOSTZ0123456789 _-,.\'()@/&+!?;:"#$%*<=>[]^`{|}~',
  ...'áàâäãåāăąçćčďđéèêëēėęěğíìîïıłľñńňóòôöõøōőŕřśšşßťúùûüůűųýÿźżžæœþðŋŧħĸſǆﬁﬃ½²ª№™€£©–—’“…·',
  ...'абвгдеёжзийкѣѳ',
  ...'αάβγδεέω',
  ...'אבגد',
  ...'กขแเไ',
  ...'कखग',
  ...'山太郎渡辺林',
  ...'カガーｶﾞかが',
  ...'한글가각',
  '👍',
  '\u0301',
  '\u0308',
  '\u030a',
  '\u0327',
  '\u0000',
  '\u200d',
  '\u00ad',
  'ｆｕｌｌ',
  '\ud800',
  'ch',
  'Ch',
  'CH',
  'cH',
  'dz',
  'dzs',
  'ddzs',
  'ssz',
  'll',
  'lj',
  'nj',
  'dž',
  'gy',
  'sz',
  'zs',
  'aa',
  'Aa',
  'AA',
  'ij',
  'ng',
  'rh',
  'th',
  'ph',
  'cs',
  'ccs',
  'ny',
  'nny',
  'ty',
]
const text = fc.array(fc.constantFrom(...PIECES), { minLength: 0, maxLength: 9 }).map((parts) => parts.join(''))
/** Texts that share long beginnings, as names do. */
const texts = fc
  .tuple(fc.array(text, { minLength: 2, maxLength: 14 }), text, fc.array(fc.nat(13), { maxLength: 8 }))
  .map(([list, head, places]) => [...list, ...places.map((place) => `${head} ${list[place % list.length] ?? ''}`)])

test('packed keys say nothing that the collator does not say', () => {
  for (const locale of LOCALES) {
    const symbols = createSortSymbols(locale)
    const collator = new Intl.Collator(locale)
    fc.assert(
      fc.property(texts, (list) => {
        const keys = createTextKeys(symbols)
        for (const [i, each] of list.entries()) keys.set(i, each)
        for (const [i, a] of list.entries()) {
          for (const [j, b] of list.entries()) {
            const said = keys.compare(i, j)
            if (said === 0) continue
            const order = Math.sign(collator.compare(a, b))
            // Asked a million times: the test's own comparison would take longer than the collator.
            if (said !== order) expect({ locale, a, b, order: said }).toEqual({ locale, a, b, order })
          }
        }
      }),
      { numRuns: 150 },
    )
  }
})

test('whoever begins with what was typed is among those that may', () => {
  const keys = createTextKeys(createSortSymbols('en'))
  fc.assert(
    fc.property(text, text, (prefix, rest) => {
      // Marks after it would belong to its last letter.
      keys.set(0, `${prefix} ${rest}`)
      expect(keys.mayBegin(prefix)(0)).toBe(true)
    }),
    { numRuns: 300 },
  )
  keys.set(1, 'Zoë Maria')
  expect(['z', 'zoe', 'ZOË m', 'zoe maria', 'zo3', 'm', 'zoe marie'].map((prefix) => keys.mayBegin(prefix)(1))).toEqual(
    [
      true,
      true,
      true,
      true,
      false,
      false,
      // Only the first eight letters are in the key.
      true,
    ],
  )
})

test('slots sorted by numbers stand as a plain sort has them, and equals stay as they were', () => {
  const number = fc.oneof(
    fc.nat(20),
    fc.integer({ min: -5, max: 5 }),
    fc.double({ noNaN: true }),
    fc.constantFrom(0, -0, Number.POSITIVE_INFINITY, Number.MAX_SAFE_INTEGER, -1.5e12),
  )
  fc.assert(
    // A few are compared with each other; with 1,500 of them they are spread by digits.
    fc.property(
      fc.array(fc.tuple(number, number), { minLength: 1, maxLength: 60 }),
      fc.constantFrom(1, 1_500),
      (values, least) => {
        const times = Math.ceil(least / values.length)
        const all = Array.from({ length: times }, () => values).flat()
        const slots = Uint32Array.from(all.keys())
        const [first, second] = [0, 1].map((at) => (slot: number) => all[slot]?.[at === 0 ? 0 : 1] ?? 0)
        if (first === undefined || second === undefined) return
        const order = (a: number, b: number) => (a === b ? 0 : a < b ? -1 : 1)
        const expected = [...slots].sort((a, b) => order(first(a), first(b)) || order(second(a), second(b)))
        const sorted = atOnce(sortSlots(slots, [first, second]))
        expect([...sorted]).toEqual(expected)
        const runs = [...equalRuns(sorted, [first, second])].flatMap((run) => (run === undefined ? [] : [run]))
        const lengths = new Map<string, number>()
        for (const slot of slots) {
          const name = `${first(slot) + 0}/${second(slot) + 0}`
          lengths.set(name, (lengths.get(name) ?? 0) + 1)
        }
        const wanted = [...lengths.values()].filter((length) => length > 1)
        expect(runs.map(([start, end]) => end - start).sort()).toEqual(wanted.sort())
      },
    ),
    { numRuns: 60 },
  )
})

test('an order in blocks is a sorted list, whatever is put in and taken out', () => {
  const step = fc.record({ slot: fc.nat(4_000), out: fc.boolean(), many: fc.integer({ min: 1, max: 900 }) })
  fc.assert(
    fc.property(fc.nat(3_000), fc.array(step, { maxLength: 12 }), (first, steps) => {
      /** By the last digits, then by all. */
      const compare = (a: number, b: number) => (a % 100) - (b % 100) || a - b
      const inside = new Set(Array.from({ length: first }, (_, i) => i))
      const order = createBlockOrder(Uint32Array.from(inside).sort(compare))
      for (const { slot, out, many } of steps) {
        for (let i = slot; i < slot + many; i++) {
          if (out) expect(order.remove(i)).toBe(inside.delete(i))
          else if (!inside.has(i)) order.insert(i, compare)
          if (!out) inside.add(i)
        }
      }
      const expected = [...inside].sort(compare)
      expect(order.size()).toBe(expected.length)
      expect([...order.slice(0, expected.length + 5)]).toEqual(expected)
      for (const place of [0, 1, 777, 1_024, Math.max(0, expected.length - 1), expected.length]) {
        const slot = expected[place]
        expect(order.at(place)).toBe(slot)
        if (slot !== undefined) expect(order.offsetOf(slot)).toBe(place)
        expect([...order.slice(place, place + 60)]).toEqual(expected.slice(place, place + 60))
      }
      expect(order.offsetOf(99_999)).toBe(-1)
    }),
    { numRuns: 40 },
  )
})
