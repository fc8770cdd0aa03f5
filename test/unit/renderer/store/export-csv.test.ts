import { expect, test } from 'vitest'
import { byName, details, FULL_ENGAGE, remote, save, sweep, testOpenStore, value } from './test-open-store.ts'

test('F179 clients as a spreadsheet: as shown, formulas as text in the file only, the data unchanged', async () => {
  const t = await testOpenStore()
  const evil = '=HYPERLINK("http://x","click")'
  const notes = 'first line\nsecond, with "quotes"'
  await sweep(t, FULL_ENGAGE, [
    remote('1', { name: evil, phone: '+47 22 33 44 55', status: 'active', notes }),
    remote('2', { name: 'Bjørn', phone: null, status: 'inactive' }),
  ])
  const bjorn = await byName(t, 'Bjørn')
  await save(t, bjorn.clientId, { tags: ['vip', 'eu'], company: 'Local AS' }, {})
  value(await t.store.page['client.create']({ sourceId: null, deviceOnly: true, fields: { name: 'Own' } }))

  const all = value(await t.store.page['clients.exportCsv']({ text: '', sort: { key: 'name', direction: 'asc' } }))
  expect(all).toMatchObject({ clients: 3, fileName: 'clients-2026-11-01.csv' })
  expect(all.text.startsWith('\uFEFFShown as,Name,')).toBe(true)
  expect(all.text).toContain(`"'=HYPERLINK(""http://x"",""click"")"`)
  expect(all.text).toContain('+47 22 33 44 55,,,Active,"first line\nsecond, with ""quotes""",')
  expect(all.text).toMatch(/Bjørn,.*Local AS,,Inactive,,vip; eu,.*Studio A,2,/)
  expect(all.text).toMatch(/Own,Own,.*,This device,,/)

  const some = value(await t.store.page['clients.exportCsv']({ text: 'status:inactive', sort: null }))
  expect([some.clients, some.text.split('\r\n').length]).toEqual([1, 3])
  expect((await details(t, (await byName(t, evil)).clientId)).field('name').value).toBe(evil)
})
