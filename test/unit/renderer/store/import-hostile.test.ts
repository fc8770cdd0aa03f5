import { describe, expect, it } from 'vitest'
import type { ImportTarget } from '../../../../renderer/store/store-contract.ts'
import { writeCsv } from '../../../../shared/csv/write-csv.ts'
import { RECORD_PAYLOADS } from '../../../fixtures/hostile/payloads.ts'
import { testOpenStore, value } from './test-open-store.ts'

const HERE: ImportTarget = { sourceId: null, deviceOnly: true }

/** Every text that the hostile vendor sends, wherever it stands in its records. */
const TEXTS: readonly string[] = [
  ...new Set(RECORD_PAYLOADS.flatMap(({ record }) => textsIn(record ?? {})).filter((text) => text.trim() !== '')),
]

function textsIn(found: unknown): readonly string[] {
  if (typeof found === 'string') return [found]
  if (typeof found !== 'object' || found === null) return []
  // Of a list of forty thousand tags the first are enough.
  return Object.values(found).slice(0, 40).flatMap(textsIn)
}

async function importAll(fileName: string, text: string) {
  const { store } = await testOpenStore()
  const importId = 'imp-hostile'
  const view = value(await store.page['import.read']({ importId, fileName, text, csv: null }))
  const plan = value(await store.page['import.plan']({ importId, target: HERE, choices: { all: 'import', rows: {} } }))
  for (let from = 0; from < plan.total; ) {
    from = value(await store.page['import.take']({ importId, from, limit: 250 })).next
  }
  const list = value(await store.page['clients.list']({ text: '', sort: null, offset: 0, limit: 1000 }))
  return { store, view, plan, list }
}

describe('what a hostile vendor has sent', () => {
  it('is data in a CSV file, leaves in vCards and comes back: as many clients as rows, and no line of its own', async () => {
    expect(TEXTS.length).toBeGreaterThan(100)
    const rows = TEXTS.map((text, i) => [`hv${i}`, text, text])
    const { store, view, list } = await importAll('all.csv', writeCsv(['Name', 'Notes', columnName(TEXTS)], rows))
    expect(view).toMatchObject({ clients: TEXTS.length })
    expect(list.total).toBe(TEXTS.length)

    const query = { text: '', sort: null }
    const { text } = value(await store.page['clients.exportVCard']({ query, clientId: null, extent: 'all' }))
    const lines = text.split('\r\n')
    expect(lines.filter((line) => line === 'BEGIN:VCARD')).toHaveLength(TEXTS.length)
    expect(lines.filter((line) => new TextEncoder().encode(line).length > 75)).toEqual([])
    const back = await importAll('all.vcf', text)
    expect(back.view).toMatchObject({ clients: TEXTS.length, problemCount: 0 })
    expect(back.plan.refused).toBe(0)
    expect(back.list.total).toBe(TEXTS.length)
  })

  it('as lines of a vCard costs no other card', async () => {
    const cards = TEXTS.map(
      (text, i) => `BEGIN:VCARD\r\nFN:hv${i}\r\nNOTE:${text.replace(/(BEGIN|END):VCARD/gi, '')}\r\nEND:VCARD\r\n`,
    )
    const { list } = await importAll('all.vcf', cards.join(''))
    expect(list.total).toBe(TEXTS.length)
  })
})

/** The name of a column comes from the file as well. */
function columnName(texts: readonly string[]): string {
  return texts.find((text) => text.includes('<')) ?? '<b>'
}

describe('texts made to be slow', () => {
  it.each([
    ['blanks without an end', ' '.repeat(300_000)],
    ['line breaks', '\n'.repeat(100_000)],
    ['blanks before a line that never comes', `x${' '.repeat(200_000)}x`],
    ['dots', `a@${'.'.repeat(100_000)}`],
    ['the word that means quoted-printable', 'QUOTED-PRINTABLE'.repeat(20_000)],
    ['quotes', '"'.repeat(100_001)],
    ['separators', ';,\t|'.repeat(20_000)],
    ['backslashes', '\\'.repeat(200_001)],
  ])('are read in a moment: %s', async (_, text) => {
    const started = performance.now()
    for (const [name, file] of [
      ['a.csv', `Name,Notes,Website,City\nAnn,${text},${text},${text}\n`],
      ['a.vcf', `BEGIN:VCARD\nFN:Ann\nADR:;;${text};;;;\nNOTE;X=${text}:${text}\n${text}\nURL:${text}\nEND:VCARD\n`],
    ] as const) {
      await importAll(name, file)
    }
    // Far from what anything quadratic takes, on a machine that has other things to do.
    expect(performance.now() - started).toBeLessThan(15_000)
  })
})
