import { expect, test } from 'vitest'
import type { ClientRow } from '../../../../../renderer/store/store-contract.ts'
import { FULL_ENGAGE, remote, sweep, testOpenStore, value } from '../test-open-store.ts'

/** The line's texts with what is marked in brackets. */
function told(row: ClientRow | undefined) {
  const found = row?.found
  const mark = (text: string, marks: readonly (readonly [number, number])[] = []): string =>
    marks.reduceRight((all, [from, to]) => `${all.slice(0, from)}[${all.slice(from, to)}]${all.slice(to)}`, text)
  return {
    name: mark(row?.name ?? '', found?.marks.name),
    company: mark(row?.company ?? '', found?.marks.company),
    email: mark(row?.email ?? '', found?.marks.email),
    phone: mark(row?.phone ?? '', found?.marks.phone),
    tags: row?.tags.map((tag, index) => mark(tag, found?.tags[index])),
    elsewhere: found?.elsewhere.map(({ field, sourceId, text, marks }) => `${sourceId} ${field}: ${mark(text, marks)}`),
  }
}

async function find(text: string) {
  const t = await testOpenStore()
  await sweep(t, FULL_ENGAGE, [
    remote('1', {
      name: 'José Straße',
      company: 'Ｆｊｏｒｄ Café',
      email: 'jose@fjord.example',
      phone: '+47 (22) 12-34 56',
      jobTitle: 'Head of Sales',
      tags: ['VIP', 'north'],
      notes:
        'Met at the winter fair.\nAsked twice for the long brochure about renewal; wants a call in June, and not before that.',
    }),
  ])
  const page = value(await t.store.page['clients.list']({ text, sort: null, offset: 0, limit: 5 }))
  return { ...told(page.rows[0]), row: page.rows[0] }
}

test('what was found is marked in every column, folded, by its digits, in tags', async () => {
  expect(await find('jose strasse fjord')).toMatchObject({
    name: '[José] [Straße]',
    company: '[Ｆｊｏｒｄ] Café',
    email: '[jose]@[fjord].example',
    elsewhere: [],
  })
  expect(await find('4722123 vip')).toMatchObject({ phone: '+[47 (22) 12-3]4 56', tags: ['[VIP]', 'north'] })
})

test('a field with a mask marks that field only', async () => {
  expect(await find('email:fjord')).toMatchObject({ company: 'Ｆｊｏｒｄ Café', email: 'jose@[fjord].example' })
})

test('a word in a field that is no column is quoted from it, with its source', async () => {
  expect((await find('jose renewal sales')).elsewhere).toEqual([
    `${FULL_ENGAGE} jobTitle: Head of [Sales]`,
    `${FULL_ENGAGE} notes: …long brochure about [renewal]; wants a call in June, and not before that.`,
  ])
})

test('a list without words has no marks', async () => {
  expect((await find('tag:vip')).row).not.toHaveProperty('found')
})
