import { expect, test } from 'vitest'
import { readCustomDefinition } from '../../../shared/connector/custom-definition.ts'

test('an untouched form reads a bare array with the usual names', () => {
  expect(readCustomDefinition({})).toEqual({
    ok: true,
    value: {
      listAt: [],
      paging: { kind: 'none' },
      totalAt: null,
      idAt: ['id'],
      fieldsAt: {
        name: ['name'],
        firstName: ['first_name'],
        lastName: ['last_name'],
        email: ['email'],
        phone: ['phone'],
        company: ['company'],
        jobTitle: ['job_title'],
        status: ['status'],
        notes: ['notes'],
        tags: ['tags'],
        website: ['website'],
        location: ['location'],
      },
      createdAt: ['created_at'],
      updatedAt: ['updated_at'],
    },
  })
})

test('an emptied path leaves its field out; blanks around names are no part of them', () => {
  const read = readCustomDefinition({ nameAt: '', companyAt: ' company . name ', createdAt: '' })
  expect(read.ok && read.value.fieldsAt.name).toBeUndefined()
  expect(read.ok && read.value.fieldsAt.company).toEqual(['company', 'name'])
  expect(read.ok && read.value.createdAt).toBeNull()
})

test('a paging takes its own settings, and the size only where it has a parameter', () => {
  const page = readCustomDefinition({ paging: 'page', sizeParameter: '', firstPage: '0', pageSize: '40' })
  expect(page.ok && page.value.paging).toEqual({
    kind: 'page',
    pageParameter: 'page',
    firstPage: 0,
    sizeParameter: null,
    pageSize: 40,
  })
  const cursor = readCustomDefinition({ paging: 'cursor', cursorAt: 'paging.next', totalAt: 'meta.total' })
  expect(cursor).toMatchObject({
    ok: true,
    value: { totalAt: ['meta', 'total'], paging: { kind: 'cursor', cursorAt: ['paging', 'next'] } },
  })
})

test.each([
  [{ idAt: '' }, 'idAt', 'required'],
  [{ listAt: 'data..items' }, 'listAt', 'bad-path'],
  [{ nameAt: '.name' }, 'nameAt', 'bad-path'],
  [{ emailAt: 'a.b.c.d.e.f.g.h.i.j.k' }, 'emailAt', 'bad-path'],
  [{ notesAt: 'n'.repeat(301) }, 'notesAt', 'too-long'],
  [{ paging: 'magic' }, 'paging', 'not-usable'],
  [{ paging: 'page', pageParameter: '' }, 'pageParameter', 'required'],
  [{ paging: 'page', pageParameter: 'a b' }, 'pageParameter', 'not-usable'],
  [{ paging: 'page', firstPage: '7' }, 'firstPage', 'out-of-range'],
  [{ paging: 'page', sizeParameter: 'page' }, 'sizeParameter', 'not-usable'],
  [{ paging: 'offset', pageSize: '0' }, 'pageSize', 'out-of-range'],
  [{ paging: 'offset', pageSize: 'many' }, 'pageSize', 'not-a-number'],
  [{ paging: 'offset', sizeParameter: 'a&b' }, 'sizeParameter', 'not-usable'],
  [{ paging: 'cursor', cursorAt: '' }, 'cursorAt', 'required'],
] as const)('refuses %j', (settings, field, rule) => {
  expect(readCustomDefinition(settings)).toEqual({ ok: false, error: { field, rule } })
})

test('what belongs to another paging cannot be wrong', () => {
  expect(readCustomDefinition({ paging: 'none', pageSize: 'many', cursorAt: '', totalAt: '..' }).ok).toBe(true)
})
