import { describe, expect, it } from 'vitest'
import type { ImportChoices, ImportTarget } from '../../../../renderer/store/store-contract.ts'
import { writeCsv } from '../../../../shared/csv/write-csv.ts'
import {
  byName,
  CONNECT,
  details,
  FULL_ENGAGE,
  names,
  remote,
  SOURCES,
  sweep,
  type TestStore,
  testOpenStore,
  value,
} from './test-open-store.ts'

const HERE: ImportTarget = { sourceId: null, deviceOnly: true }
const SKIP: ImportChoices = { all: 'skip', rows: {} }

async function read({ store }: TestStore, text: string, fileName = 'people.csv', importId = 'imp-1') {
  return value(await store.page['import.read']({ importId, fileName, text, csv: null }))
}

async function plan({ store }: TestStore, target = HERE, choices = SKIP, importId = 'imp-1') {
  return value(await store.page['import.plan']({ importId, target, choices }))
}

async function takeAll({ store }: TestStore, limit = 250, importId = 'imp-1') {
  const sum = { created: 0, filled: 0, steps: 0 }
  for (let from = 0; ; ) {
    const step = value(await store.page['import.take']({ importId, from, limit }))
    sum.created += step.created
    sum.filled += step.filled
    sum.steps++
    if (step.next >= step.total) return sum
    from = step.next
  }
}

const undo = async ({ store }: TestStore) => value(await store.page['edit.undoLast']({}))
const CARD = [
  'BEGIN:VCARD',
  'VERSION:3.0',
  'N:Bell;Ann;;Dr.;',
  'FN:Dr. Ann Bell',
  'EMAIL:a@x.example',
  'BDAY:1990-01-02',
]
const ANN = [...CARD, 'PHOTO;ENCODING=b:AAAA', 'END:VCARD', ''].join('\r\n')

describe('an import to this device', () => {
  it('brings each client with all that the file says, and the history says import', async () => {
    const test = await testOpenStore()
    const view = await read(test, ANN, 'ann.vcf')
    expect(view).toMatchObject({ kind: 'vcf', clients: 1, problemCount: 0, leftOut: 1, csv: null })
    expect(await plan(test)).toMatchObject({ total: 1, creates: 1, sends: 0, duplicateCount: 0, refused: 0 })
    expect(await takeAll(test)).toEqual({ created: 1, filled: 0, steps: 1 })
    const row = await byName(test, 'Dr. Ann Bell')
    const found = await details(test, row.clientId)
    expect(found.field('email').value).toBe('a@x.example')
    expect(found.field('notes').value).toBe('Birthday: 1990-01-02')
    const history = value(await test.store.page['clients.timeline']({ clientId: row.clientId, limit: 5 }))
    expect(history.map(({ kind, by }) => [kind, by])).toEqual([['you-created', 'import']])
    expect(value(await test.store.page['notices.list']({}))).toEqual([])
  })

  it('of our own CSV brings the same clients', async () => {
    const from = await testOpenStore()
    for (const [name, tags] of [
      ['Ann Bell', ['a', 'b']],
      ['=Bob', []],
    ] as const) {
      const fields = { name, email: `${tags.length}@x.example`, status: 'paused', tags, notes: 'one\ntwo; "three"' }
      value(await from.store.page['client.create']({ sourceId: null, deviceOnly: true, fields }))
    }
    const { text } = value(await from.store.page['clients.exportCsv']({ text: '', sort: null }))
    const to = await testOpenStore()
    await read(to, text)
    await plan(to)
    await takeAll(to)
    expect((await names(to)).toSorted()).toEqual(['=Bob', 'Ann Bell'])
    const ann = await details(to, (await byName(to, 'Ann Bell')).clientId)
    expect(ann.field('tags').value).toEqual(['a', 'b'])
    expect(ann.field('status').value).toBe('paused')
    expect(ann.field('notes').value).toBe('one\ntwo; "three"')
  })

  it('moves what breaks a rule into the notes and says so; nobody without any name comes in', async () => {
    const test = await testOpenStore()
    const rows = [
      ['Ann', 'no address', 'x', 'see www.a.example'],
      ['', 'b@x.example', '', 'www.b.example'],
      ['', '', '', 'https://c.example'],
    ]
    await read(test, writeCsv(['Name', 'Email', 'Phone', 'Website'], rows))
    const planned = await plan(test)
    expect(planned.remarks.map(({ line, code, field }) => [line, code, field])).toEqual([
      [4, 'refused', 'name'],
      [2, 'kept-in-notes', 'email'],
      [2, 'kept-in-notes', 'phone'],
      [2, 'kept-in-notes', 'website'],
      [3, 'named-by', 'email'],
      [3, 'https-added', 'website'],
    ])
    expect(planned).toMatchObject({ creates: 2, refused: 1 })
    await takeAll(test)
    const ann = await details(test, (await byName(test, 'Ann')).clientId)
    expect(ann.field('notes').value).toBe('Email: no address\nPhone: x\nWebsite: see www.a.example')
    const other = await details(test, (await byName(test, 'b@x.example')).clientId)
    expect(other.field('website').value).toBe('https://www.b.example')
  })
})

describe('an import to a source', () => {
  it('queues one create for each, in the words of the source', async () => {
    const test = await testOpenStore()
    await read(
      test,
      writeCsv(
        ['Name', 'Status', 'Phone', 'Company'],
        [
          ['Ann Bell', 'active', '123456', 'Fjord'],
          ['Bob', 'Odd', '', ''],
        ],
      ),
    )
    const planned = await plan(test, { sourceId: FULL_ENGAGE, deviceOnly: false })
    expect(planned).toMatchObject({ creates: 2, sends: 2, namesApart: 0 })
    expect(planned.preview[0]).toMatchObject({ name: 'Ann Bell', statusLabel: 'Active' })
    expect(planned.remarks).toMatchObject([{ line: 3, code: 'kept-in-notes', field: 'status', rule: 'unknown-status' }])
    await takeAll(test)
    const queue = value(await test.store.page['queue.list']({}))
    expect(queue.map(({ clientName, operation, state }) => [clientName, operation, state]).toSorted()).toEqual([
      ['Ann Bell', 'create', 'waiting'],
      ['Bob', 'create', 'waiting'],
    ])
    const ann = await details(test, (await byName(test, 'Ann Bell')).clientId)
    expect(ann.field('company').origin).toEqual({ kind: 'device' })
    expect(test.waiting).toContain(FULL_ENGAGE)
  })

  it('waits for a look where edits of the source are reviewed', async () => {
    const test = await testOpenStore()
    const sources = SOURCES.map((source) => ({ ...source, review: true }))
    value(await test.store.sync['sources.configure']({ sources, removed: [] }))
    await read(test, writeCsv(['Name'], [['Ann'], ['Bob']]))
    await plan(test, { sourceId: FULL_ENGAGE, deviceOnly: false })
    await takeAll(test)
    const queue = value(await test.store.page['queue.list']({}))
    expect(queue.map(({ hold }) => hold)).toEqual(['review', 'review'])
  })

  it('takes whole names apart where there is no field for one, and keeps a title', async () => {
    const test = await testOpenStore()
    await read(test, `${ANN}BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Grace Brewster Hopper\r\nEND:VCARD\r\n`, 'two.vcf')
    const planned = await plan(test, { sourceId: CONNECT, deviceOnly: false })
    expect(planned.namesApart).toBe(1)
    expect(planned.preview.map(({ fields }) => [fields.firstName, fields.lastName, fields.notes])).toEqual([
      ['Ann', 'Bell', 'Birthday: 1990-01-02\nName prefix: Dr.'],
      ['Grace Brewster', 'Hopper', undefined],
    ])
  })
})

describe('possible duplicates', () => {
  const HEAD = ['Name', 'Email', 'Phone', 'Company', 'Notes']
  async function withAnn() {
    const test = await testOpenStore()
    const people = [
      remote('a', { name: 'Ann Bell', email: 'ann@x.example', phone: '+47 22 33 44 55', company: 'Fjord' }),
    ]
    await sweep(test, FULL_ENGAGE, people)
    return { test, clientId: (await byName(test, 'Ann Bell')).clientId }
  }

  it('are found by e-mail, phone, or name and company, are skipped by default, and can be told one by one', async () => {
    const { test, clientId } = await withAnn()
    const rows = [
      ['A. B.', 'ANN@x.example', '', '', 'n1'],
      ['Somebody', '', '22334455', '', ''],
      ['ann bell', '', '', 'FJORD', ''],
      ['Ann Bell', '', '', 'Elsewhere', ''],
      ['Zed', 'z@x.example', '', '', ''],
      ['Zed', 'z@x.example', '', '', 'again'],
    ]
    await read(test, writeCsv(HEAD, rows))
    const planned = await plan(test)
    expect(planned.duplicates.map(({ line, why, ofLine, fills }) => [line, why, ofLine, fills])).toEqual([
      [2, 'email', null, ['notes']],
      [3, 'phone', null, []],
      [4, 'name', null, []],
      [7, 'email', 6, []],
    ])
    expect(planned).toMatchObject({ creates: 2, skips: 4, fills: 0 })
    const choices: ImportChoices = { all: 'fill', rows: { 1: 'import' } }
    expect(await plan(test, HERE, choices)).toMatchObject({ creates: 3, skips: 2, fills: 1, fillSends: 1 })
    expect(await takeAll(test)).toMatchObject({ created: 3, filled: 1 })
    const ann = await details(test, clientId)
    expect(ann.field('notes').value).toBe('n1')
    expect(ann.field('name').value).toBe('Ann Bell')
  })

  it('are all of them when a file comes a second time', async () => {
    const test = await testOpenStore()
    const file = writeCsv(
      HEAD,
      Array.from({ length: 30 }, (_, i) => [`Person ${i}`, i % 2 ? `p${i}@x.example` : '', '', '', '']),
    )
    for (const importId of ['imp-1', 'imp-2']) {
      await read(test, file, 'people.csv', importId)
      await plan(test, HERE, SKIP, importId)
      await takeAll(test, 250, importId)
    }
    expect(value(await test.store.page['counts.get']({})).clients).toBe(30)
  })
})

describe('one undo', () => {
  it('takes a whole import of many transactions back, filled values too', async () => {
    const test = await testOpenStore()
    await sweep(test, FULL_ENGAGE, [remote('a', { name: 'Ann', email: 'ann@x.example' })])
    const rows = Array.from({ length: 60 }, (_, i) => [`Person ${i}`, `p${i}@x.example`, 'n'])
    await read(test, writeCsv(['Name', 'Email', 'Notes'], [...rows, ['Ann', 'ann@x.example', 'filled']]))
    await plan(test, { sourceId: FULL_ENGAGE, deviceOnly: false }, { all: 'fill', rows: {} })
    expect(await takeAll(test, 7)).toEqual({ created: 60, filled: 1, steps: 9 })
    expect(value(await test.store.page['queue.list']({}))).toHaveLength(61)
    const undone = await undo(test)
    expect(undone).toMatchObject({
      what: 'import',
      clientName: 'people.csv',
      imported: { clients: 60, filled: 1, stay: 0 },
    })
    expect(await names(test)).toEqual(['Ann'])
    expect(value(await test.store.page['queue.list']({}))).toEqual([])
    const ann = await details(test, (await byName(test, 'Ann')).clientId)
    expect(ann.field('notes').value).toBeNull()
    expect(await undo(test)).toBeNull()
  })

  it('goes on where it was cut off: 600 clients are three transactions', async () => {
    const test = await testOpenStore()
    await read(
      test,
      writeCsv(
        ['Name'],
        Array.from({ length: 600 }, (_, i) => [`Person ${i}`]),
      ),
    )
    await plan(test)
    expect(await takeAll(test, 10_000)).toEqual({ created: 600, filled: 0, steps: 3 })
    expect(await undo(test)).toMatchObject({ imported: { clients: 600, underWay: 0 } })
    expect(await names(test)).toEqual([])
  })
})

describe('a worker that dies in the middle', () => {
  it('leaves whole transactions, says what came in, and the rest comes in when the file is handed in again', async () => {
    const first = await testOpenStore()
    const file = writeCsv(
      ['Name', 'Phone'],
      Array.from({ length: 20 }, (_, i) => [`Person ${i}`, '+47 22 33 44 55']),
    )
    await read(first, file)
    await plan(first, HERE, { all: 'import', rows: {} })
    value(await first.store.page['import.take']({ importId: 'imp-1', from: 0, limit: 8 }))
    first.store.close()

    const test = await testOpenStore({ idb: first.idb, time: first.time, epoch: 2 })
    expect(await names(test)).toHaveLength(8)
    const [said] = value(await test.store.page['notices.list']({}))
    expect(said).toMatchObject({ kind: 'import-cut', facts: { file: 'people.csv', done: 8, of: 20 } })
    const lost = await test.store.page['import.take']({ importId: 'imp-1', from: 8, limit: 8 })
    expect(lost).toEqual({ ok: false, error: { code: 'missing', what: 'import' } })

    // The page that saw the worker die hands the file in under the same name: its own clients are no duplicates.
    await read(test, file)
    expect(await plan(test, HERE, SKIP)).toMatchObject({ creates: 20 })
    const step = value(await test.store.page['import.take']({ importId: 'imp-1', from: 8, limit: 250 }))
    expect(step).toMatchObject({ next: 20, created: 12 })
    expect(value(await test.store.page['notices.list']({}))).toEqual([])
    expect(await undo(test)).toMatchObject({ imported: { clients: 20 } })
    expect(await names(test)).toEqual([])
  })

  it('asked again under the same name, a step is not done twice', async () => {
    const test = await testOpenStore()
    await read(test, writeCsv(['Name'], [['Ann'], ['Bob']]))
    await plan(test)
    const step = { importId: 'imp-1', from: 0, limit: 10, commandId: 'cmd-1' }
    const once = value(await test.store.page['import.take'](step))
    expect(value(await test.store.page['import.take'](step))).toEqual(once)
    expect(await names(test)).toHaveLength(2)
  })
})

it('refuses what is no such file, whole and with the reason', async () => {
  const { store } = await testOpenStore()
  const refused = async (fileName: string, text: string) =>
    store.page['import.read']({ importId: 'x', fileName, text, csv: null })
  for (const [fileName, text, rule] of [
    ['a.vcf', 'hello', 'not-a-vcard'],
    ['a.csv', ' \n', 'empty'],
    ['a.csv', 'PK\u0000\u0003', 'not-text'],
  ] as const) {
    expect(await refused(fileName, text)).toEqual({ ok: false, error: { code: 'bad-input', field: 'file', rule } })
  }
})

it('reads columns otherwise when told to', async () => {
  const test = await testOpenStore()
  const view = await read(test, 'A;B\nAnn;1\nBob;2\n')
  expect(view.csv?.columns.map(({ label, target }) => [label, target])).toEqual([
    ['Column 1', 'keep'],
    ['Column 2', 'keep'],
  ])
  const again = value(
    await test.store.page['import.read']({
      importId: 'imp-1',
      fileName: 'people.csv',
      text: null,
      csv: { hasHeader: true, targets: ['name', 'leave'] },
    }),
  )
  expect(again.csv?.columns).toMatchObject([
    { label: 'A', target: 'name', samples: ['Ann', 'Bob'] },
    { label: 'B', target: 'leave', samples: ['1', '2'] },
  ])
  expect(await plan(test)).toMatchObject({ creates: 2 })
  await takeAll(test)
  expect((await names(test)).toSorted()).toEqual(['Ann', 'Bob'])
})

it('exports one client or a list as vCards that come back', async () => {
  const test = await testOpenStore()
  const fields = {
    name: 'Ann: Bell; "x"',
    email: 'a@x.example',
    notes: 'END:VCARD\nBEGIN:VCARD',
    tags: ['a,b'],
    status: 'active',
  }
  const saved = value(await test.store.page['client.create']({ sourceId: null, deviceOnly: true, fields }))
  const all = { query: null, clientId: saved.clientId, extent: 'all' } as const
  const card = value(await test.store.page['clients.exportVCard'](all))
  expect(card.fileName).toBe('Ann Bell; x.vcf')
  expect(card.text).toContain('X-CLIENTELE-STATUS:Active')
  const shared = value(await test.store.page['clients.exportVCard']({ ...all, extent: 'contact' }))
  expect(shared.text).not.toMatch(/NOTE|CATEGORIES|STATUS/)
  await read(test, card.text, 'ann.vcf')
  expect((await plan(test)).duplicates).toMatchObject([{ why: 'uid', client: { clientId: saved.clientId } }])
  const list = value(
    await test.store.page['clients.exportVCard']({ query: { text: '', sort: null }, clientId: null, extent: 'all' }),
  )
  expect(list).toMatchObject({ clients: 1, text: card.text })
})
