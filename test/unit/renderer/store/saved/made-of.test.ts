import { expect, test } from 'vitest'
import { createBook } from '../../../../../renderer/store/book.ts'
import { clientRow } from '../../../../../renderer/store/projection/client-row.ts'
import { flagsOf, searchTextOf } from '../../../../../renderer/store/projection/line.ts'
import { splitNameWords, splitWords } from '../../../../../renderer/store/search/engine/split-words.ts'
import { foldDigits, foldText } from '../../../../../renderer/store/search/fold-text.ts'
import type { RecordHead } from '../../../../../renderer/store/segments/codec.ts'
import { hashText } from '../../../../../shared/hash-text.ts'
import { createRecordId, remoteIdSchema } from '../../../../../shared/ids.ts'
import type { Fields } from '../../../../../shared/model/field.ts'
import { FULL_ENGAGE, testCreateRandom } from '../test-open-store.ts'

const TEXTS = [
  'José O’Neil',
  'Straße 7',
  'Łukasz ØDEGÅRD',
  '김서연',
  'ｗｉｄｅ',
  'ann.bell_x@fjord.example',
  'Zoë\u202e',
  ' ',
]
const CLIENTS: readonly Fields[] = [
  ...TEXTS.map((name): Fields => ({ name, company: name, email: name, notes: name, tags: [name, 'vip'] })),
  { firstName: '美玲', lastName: '林', phone: '+47 (0)22 00 00 01', status: 'paused', location: 'Oslo', website: 'x' },
  { email: 'only@mail.example', jobTitle: 'Owner', status: 'Discovery' },
  { phone: '٠١٢٣' },
  {},
]

/**
 * Saved pieces hold columns and words made by these functions. Where one of them makes something else of the same client,
 * an update would start on what the older version made: let `FORM` in `saved/manifest.ts` grow, then write the new sum here.
 */
test('what saved columns and words are made of is what this form says', () => {
  const random = testCreateRandom(5)
  const made = CLIENTS.map((fields, i) => {
    const recordId = createRecordId(random)
    const head: RecordHead = {
      recordId,
      sourceId: FULL_ENGAGE,
      remoteId: remoteIdSchema.parse(`r${i}`),
      fields,
      fallbackName: i % 2 === 0 ? 'Fallback' : null,
      avatarUrl: i % 3 === 0 ? 'https://a.example/x.png' : null,
      createdAt: '2026-01-02T03:04:05Z',
      updatedAt: i % 2 === 0 ? '2026-02-03T00:00:00+01:00' : null,
      lastActivityAt: null,
      owner: i % 4 === 0 ? 'Owner Ω' : null,
      ai: null,
      hash: '',
      firstKnownAt: 1,
      writeSeq: 0,
      readAt: null,
    }
    const row = clientRow(createBook(), { head, overlay: undefined, edits: [], deviceOnly: false })
    const line = { row, head, fields }
    return { row, words: searchTextOf(line), flags: flagsOf(line) }
  })
  const folded = TEXTS.map((text) => [
    foldText(text),
    foldDigits(text),
    splitWords(foldText(text)),
    splitNameWords(foldText(text)),
  ])
  expect(hashText(JSON.stringify({ made, folded }))).toBe('1rulmuvc3w9')
})
