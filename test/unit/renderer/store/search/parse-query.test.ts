import { describe, expect, it } from 'vitest'
import {
  ANY_FIELD,
  PHONE_BIT,
  SEARCH_FIELDS,
  type SearchField,
} from '../../../../../renderer/store/search/engine/engine-contract.ts'
import { parseQuery } from '../../../../../renderer/store/search/parse-query.ts'

const bit = (field: SearchField): number => 1 << SEARCH_FIELDS.indexOf(field)
const word = (text: string, fields = ANY_FIELD) => ({ text, digits: null, fields })
const filtersOf = (text: string) => parseQuery(text).filters.map(({ open, ...filter }) => filter)
const problemsOf = (text: string) => parseQuery(text).problems.map(({ code, instead }) => [code, instead])

describe('words', () => {
  it('are folded, and read as phone digits where they may be some', () => {
    expect(parseQuery('ÉCOLE Łódź 555-01').tokens).toEqual([
      word('ecole'),
      word('lodz'),
      { text: '555-01', digits: '55501', fields: ANY_FIELD },
    ])
    expect(parseQuery('+44 (0)20 7946').tokens).toEqual([{ text: '', digits: '440207946', fields: ANY_FIELD }])
    expect(parseQuery('5').tokens).toEqual([word('5')])
  })

  it('are never filters within quotes, nor are times and addresses', () => {
    for (const text of ['"tag:vip"', 'https://fjord.no', '10:30']) {
      const { tokens, filters, problems } = parseQuery(text)
      expect(tokens.map((token) => token.text)).toEqual([text.replaceAll('"', '')])
      expect([...filters, ...problems]).toEqual([])
    }
    expect(parseQuery('"Jane  Doe" acme').tokens.map((token) => token.text)).toEqual(['acme', 'jane doe'])
  })
})

describe('a text in one field', () => {
  it('is looked for by tokens of that field', () => {
    expect(parseQuery('company:Acme title:"Head of Sales" x').tokens).toEqual([
      word('x'),
      word('acme', bit('company')),
      word('head of sales', bit('jobTitle')),
    ])
    expect(parseQuery('phone:"+44 20 79"').tokens).toEqual([{ text: '', digits: '442079', fields: PHONE_BIT }])
  })

  it('has other names that one would type', () => {
    const pairs = [
      ['mail:ann', 'email:ann'],
      ['org:acme', 'company:acme'],
      ['TEL:5550', 'phone:5550'],
      ['role:head', 'title:head'],
      ['tags：vip', 'tag:vip'],
    ] as const
    for (const [other, own] of pairs) {
      const [a, b] = [parseQuery(other), parseQuery(own)]
      expect([a.tokens, a.filters]).toEqual([b.tokens, b.filters])
    }
  })

  it('is a filter where it must not stand, or where one of several may', () => {
    expect(filtersOf('company:acme,"Fjord AS"')).toEqual([
      {
        kind: 'text',
        field: 'company',
        any: [[word('acme', bit('company'))], [word('fjord as', bit('company'))]],
        not: false,
      },
    ])
    expect(filtersOf('-notes:renewal')).toEqual([
      { kind: 'text', field: 'notes', any: [[word('renewal', bit('notes'))]], not: true },
    ])
  })
})

describe('filters', () => {
  it('name a status, a source or a tag, one or several, quoted or not', () => {
    expect(filtersOf('ann status:Active,"In talks" -tag:"Very important" source:spott ')).toEqual([
      { kind: 'status', any: ['active', 'in talks'], not: false },
      { kind: 'tag', any: ['very important'], not: true },
      { kind: 'source', any: ['spott'], not: false },
    ])
    expect(filtersOf('tag:"5"" pipe, bent",vip')).toEqual([{ kind: 'tag', any: ['5" pipe, bent', 'vip'], not: false }])
  })

  it('ask what a client has and is', () => {
    expect(filtersOf('has:testimonials is:needs-attention,"Read only" -has:mail')).toEqual([
      { kind: 'has', any: ['testimonial'], not: false },
      { kind: 'is', any: ['failed', 'read-only'], not: false },
      { kind: 'has', any: ['email'], not: true },
    ])
  })

  it('of a status twice find nobody, and that is said', () => {
    expect(problemsOf('status:active status:paused ')).toEqual([['two-of-one', null]])
    expect(problemsOf('status:active -status:paused tag:a tag:b ')).toEqual([])
  })
})

describe('what is being typed', () => {
  it('filters nothing and is no error', () => {
    for (const text of [
      'tag:',
      'is:wai',
      'has:',
      '-has:te',
      'created:',
      'created:>',
      'created:>=20',
      'updated:7',
      'created:2026-',
      'created:2026-0',
      'created:2026-01.',
      'created:..',
      'updated:yest',
      'phone:+4',
      'company:"',
    ]) {
      expect(parseQuery(`ann ${text}`), text).toMatchObject({ tokens: [word('ann')], filters: [], problems: [] })
    }
    expect(filtersOf('has:email,ph')).toEqual([{ kind: 'has', any: ['email'], not: false }])
  })

  it('is known to be open, until a space or a closing quote', () => {
    const open = (text: string) => parseQuery(text).filters.map((filter) => filter.open)
    expect(open('tag:v tag:vi')).toEqual([false, true])
    expect(open('tag:vi ')).toEqual([false])
    expect(open('tag:"vi')).toEqual([true])
    expect(open('tag:"vi"')).toEqual([false])
  })
})

describe('what cannot be read', () => {
  it('says what could be written instead', () => {
    expect(problemsOf('is:wating ')).toEqual([['unknown-value', 'is:waiting']])
    expect(problemsOf('-is:wating ')).toEqual([['unknown-value', '-is:waiting']])
    expect(problemsOf('has:zebra')).toEqual([['unknown-value', null]])
    expect(problemsOf('company: acme')).toEqual([['no-value', 'company:acme']])
    expect(problemsOf('phone:ann')).toEqual([['no-digits', null]])
    expect(problemsOf('updated:soon')).toEqual([['bad-date', null]])
    expect(problemsOf('updated:>7d')).toEqual([['compared-age', 'updated:7d']])
    expect(problemsOf('created:2026-02-30')).toEqual([['no-such-day', null]])
    expect(problemsOf('created:2026-03..2026-01')).toEqual([['range-backwards', 'created:2026-01..2026-03']])
  })

  it('filters nothing, and says where it stands', () => {
    const parsed = parseQuery('ann  is:wating bo')
    expect(parsed.tokens.map((token) => token.text)).toEqual(['ann', 'bo'])
    expect(parsed.filters).toEqual([])
    expect(parsed.problems).toEqual([
      { from: 5, to: 14, code: 'unknown-value', field: 'is', value: 'wating', instead: 'is:waiting', quiet: false },
    ])
  })

  it('and is no filter at all is looked for as text, which is said quietly', () => {
    const { tokens, problems } = parseQuery('foo:bar compny:acme')
    expect(tokens.map((token) => token.text)).toEqual(['foo:bar', 'compny:acme'])
    expect(problems.map(({ code, instead, quiet }) => [code, instead, quiet])).toEqual([
      ['unknown-field', null, true],
      ['unknown-field', 'company:acme', true],
    ])
    expect(problemsOf('ann -acme ')).toEqual([['minus-word', null]])
    expect(problemsOf('555 -0001 "-acme" ann - acme -ac')).toEqual([])
  })
})
