import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createListScanner, ScanFailure } from '../../../../electron/core/http/list-scanner.ts'
import type { JsonValue } from '../../../../shared/json.ts'
import { testCpuTime } from '../../../support/test-cpu-time.ts'

/** Feeds the bytes of a text in pieces that end at `cuts`. */
function scan(text: string, listKey: string | null, cuts: readonly number[] = []) {
  const scanner = createListScanner(listKey, 200)
  const bytes = new TextEncoder().encode(text)
  const items: JsonValue[] = []
  let from = 0
  for (const cut of [...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length]) {
    items.push(...scanner.write(bytes.slice(from, cut)))
    from = cut
  }
  return { items, ...scanner.end() }
}

function failureOf(run: () => unknown): unknown {
  try {
    run()
  } catch (cause) {
    return cause instanceof ScanFailure ? cause.failure : cause
  }
  return null
}

// Strings of all kinds, but no integer that is kept as text (tested below), and not -0, which JSON cannot say.
const value = fc
  .jsonValue({ maxDepth: 4 })
  .map(
    (any): JsonValue =>
      JSON.parse(
        JSON.stringify(any, (_, member) => (Number.isInteger(member) && !Number.isSafeInteger(member) ? 1 : member)),
      ),
  )
const cuts = fc.array(fc.nat(5000), { maxLength: 12 })

test('reads what JSON.parse reads, however the bytes are cut', () => {
  fc.assert(
    fc.property(fc.array(value), cuts, fc.constantFrom(undefined, 1, '\t'), (list, at, indent) => {
      expect(scan(JSON.stringify(list, null, indent), null, at)).toEqual({ items: list, envelope: {}, listFound: true })
    }),
  )
})

test('reads a list inside an envelope, wherever it stands', () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.string(), value),
      fc.array(value),
      fc.dictionary(fc.string(), value),
      cuts,
      (a, list, b, at) => {
        const entries = [...Object.entries(a), ['data', list] as const, ...Object.entries(b)]
        const members = new Map(entries.filter(([name], i) => name !== 'data' || i === Object.keys(a).length))
        const text = `{${[...members].map(([name, member]) => `${JSON.stringify(name)} : ${JSON.stringify(member)}`).join(',')}}`
        const { items, envelope, listFound } = scan(text, 'data', at)
        expect(items).toEqual(list)
        expect(listFound).toBe(true)
        members.delete('data')
        expect(new Map(Object.entries(envelope))).toEqual(new Map(JSON.parse(JSON.stringify([...members]))))
      },
    ),
  )
})

test.each([
  ['', { code: 'not-json', got: 'empty', status: 200 }],
  ['  ', { code: 'not-json', got: 'empty', status: 200 }],
  ['<html>', { code: 'not-json', got: 'html', status: 200 }],
  ['hello', { code: 'not-json', got: 'text', status: 200 }],
  ['"hello"', { code: 'not-json', got: 'text', status: 200 }],
  ['[1,2', { code: 'not-json', got: 'cut-short', status: 200 }],
  ['["a', { code: 'not-json', got: 'cut-short', status: 200 }],
  ['[1,]', { code: 'not-json', got: 'text', status: 200 }],
  ['[,1]', { code: 'not-json', got: 'text', status: 200 }],
  ['[1}', { code: 'not-json', got: 'text', status: 200 }],
  ['[1] x', { code: 'not-json', got: 'text', status: 200 }],
  ['[1 2]', { code: 'not-json', got: 'text', status: 200 }],
  ['[{"a":1]', { code: 'not-json', got: 'text', status: 200 }],
])('%j is refused', (text, failure) => {
  const found = failureOf(() => scan(text, null))
  // A wrong bracket leaves the text open as well; either way it is not JSON.
  expect(found).toMatchObject({ code: 'not-json' })
  if (text !== '[{"a":1]') expect(found).toEqual(failure)
})

test('a list that comes twice, or under another name, or as a value of that text', () => {
  expect(failureOf(() => scan('{"data":[1],"data":[2]}', 'data'))).toMatchObject({ code: 'bad-shape', path: 'data' })
  expect(scan('{"rows":[1],"x":{"data":[2]}}', 'data')).toMatchObject({ items: [], listFound: false })
  expect(scan('{"a":"data","b":[1],"data":[2]}', 'data')).toMatchObject({ items: [2], listFound: true })
  expect(failureOf(() => scan('[[1]]', 'data'))).toMatchObject({ code: 'bad-shape', expected: 'object' })
})

test('integers keep their digits and texts that look like them stay as they are', () => {
  expect(scan('[{"id":9007199254740993,"s":"9007199254740993 \\" 1","n":-1e400,"ok":1.5}]', null).items).toEqual([
    { id: '9007199254740993', s: '9007199254740993 " 1', n: '-1e400', ok: 1.5 },
  ])
})

test('50,000 clients are read in time', () => {
  const client = {
    id: 'x'.repeat(36),
    first_name: 'Jane',
    notes: 'Met at "conference" \\ '.repeat(20),
    tags: ['a', 'b'],
  }
  const bytes = new TextEncoder().encode(
    JSON.stringify({ ok: true, data: Array.from({ length: 50_000 }, () => client) }),
  )
  const scanner = createListScanner('data', 200)
  let count = 0
  let longest = 0
  const used = testCpuTime()
  for (let at = 0; at < bytes.length; at += 65_536) {
    const before = used()
    count += scanner.write(bytes.subarray(at, at + 65_536)).length
    longest = Math.max(longest, used() - before)
  }
  expect(count).toBe(50_000)
  expect(scanner.end().envelope).toEqual({ ok: true })
  // About a tenth of it on a quiet machine.
  expect(used()).toBeLessThan(8000)
  expect(longest).toBeLessThan(500)
})
