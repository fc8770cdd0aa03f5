import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Connector } from '../../electron/connectors/connector.ts'
import type { VendorFailure } from '../../shared/app-error.ts'
import { manifestSchema } from '../../shared/connector/manifest.ts'
import { remoteIdSchema } from '../../shared/ids.ts'
import type { SourceSettings } from '../../shared/model/source.ts'
import { FROM_THE_BEGINNING, pullAll, TEST_KEY, type TestCallOptions, testCall } from '../support/test-call.ts'
import { json, type TestVendor, testCreateVendor, text, type VendorAnswer } from '../support/test-create-vendor.ts'

/** What the suite must know of a vendor to play it. */
export interface ConnectorSubject {
  readonly create: () => Connector
  /** Valid settings for a vendor at this address. */
  readonly settings: (baseUrl: string) => SourceSettings
  /** One good record of the list, with this id. Its second text field may be replaced by another type. */
  readonly record: (id: number) => Readonly<Record<string, unknown>>
  readonly idOf: (id: number) => string
  /** A text member of the record, where another type is a problem of that record. */
  readonly textMember: string
  /** The whole answer with these records, as the only page of the list. */
  readonly envelope: (records: readonly unknown[]) => unknown
  /** The member of the envelope that holds the list; null for a bare array. */
  readonly listKey: string | null
  /** Answers what is asked for besides the list; true if it did. */
  readonly aside?: (path: string) => unknown
}

/** Bad input and bad weather, the same for every connector: each ends in a failure that says what happened. */
export function connectorSuite(name: string, subject: ConnectorSubject): void {
  describe(name, () => {
    let vendor: TestVendor
    const connector = subject.create()
    const call = (options?: TestCallOptions) => testCall(connector, subject.settings(vendor.url), options)
    const pull = (options?: TestCallOptions) => pullAll(connector.pull(call(options), FROM_THE_BEGINNING))
    /** Asides are answered well, so that it is the list that meets the weather. */
    const answerList = (answer: VendorAnswer): void => {
      vendor.answer = (ask, response) => {
        const aside = subject.aside?.(ask.path)
        return aside === undefined ? answer(ask, response) : json(response, 200, aside)
      }
    }
    const answerAll = (status: number, body: string, headers = {}): void => {
      vendor.answer = (_, response) => text(response, status, body, headers)
    }

    beforeAll(async () => {
      vendor = await testCreateVendor()
    })
    beforeEach(() => {
      vendor.asks.length = 0
    })
    afterAll(() => vendor.close())

    test('its manifest is complete, and says of writes what its methods can do', () => {
      const manifest = manifestSchema.parse(connector.manifest)
      // Null: the first letters of the source's own name.
      expect(manifest.monogram ?? 'Na').toHaveLength(2)
      expect(connector.create !== undefined).toBe(manifest.creates !== null)
      expect(connector.find !== undefined).toBe(manifest.creates !== null)
      expect(connector.update !== undefined).toBe(manifest.updates !== null)
      expect(connector.remove !== undefined).toBe(manifest.deletes)
      expect(connector.testimonials !== undefined).toBe(manifest.testimonials)
    })

    test.each([
      ['', undefined],
      ['api.example.com', 'needs-protocol'],
      ['localhost:4010', 'needs-protocol'],
      ['http://api.example.com', 'needs-https'],
      ['http://192.168.1.4', 'needs-https'],
      ['https://me:secret@api.example.com', 'has-credentials'],
      ['https://', 'not-a-url'],
      ['ftp://api.example.com', 'not-a-url'],
      ['https://api.example.com/?a=1', 'not-a-url'],
    ])('refuses the address %j', (baseUrl, rule) => {
      const read = connector.readSettings({ ...subject.settings('https://api.example.com'), baseUrl })
      // An emptied address takes the default again where there is one.
      const hasDefault = connector.manifest.settings.some(
        (field) => field.name === 'baseUrl' && field.defaultValue !== '',
      )
      if (rule === undefined && hasDefault) expect(read.ok).toBe(true)
      else expect(read).toEqual({ ok: false, error: { field: 'baseUrl', rule: rule ?? 'required' } })
    })

    test('trailing slashes make no difference, and reading settings twice neither', () => {
      const one = connector.readSettings(subject.settings('https://api.example.com/x'))
      const two = connector.readSettings(subject.settings(' https://api.example.com/x// '))
      expect(two).toEqual(one)
      expect(one.ok && connector.readSettings(one.value.settings)).toEqual(one)
      expect(JSON.stringify(one)).not.toContain('//x')
    })

    test('reads its list, and an empty one', async () => {
      answerList((_, response) => json(response, 200, subject.envelope([subject.record(1), subject.record(2)])))
      const { ids, end, failure, pages } = await pull()
      expect(failure).toBeNull()
      expect(ids).toEqual([subject.idOf(1), subject.idOf(2)])
      expect(end).toMatchObject({ proof: expect.not.stringMatching('none'), reason: null })
      expect(pages[0]?.records[0]?.raw).toEqual(subject.record(1))
      expect(vendor.asks.every((ask) => JSON.stringify(ask.headers).includes(TEST_KEY))).toBe(true)
      answerList((_, response) => json(response, 200, subject.envelope([])))
      const empty = await pull()
      expect(empty).toMatchObject({ ids: [], failure: null, end: { proof: expect.not.stringMatching('none') } })
      expect(await connector.test(call())).toMatchObject({ ok: true, value: { clients: 0 } })
    })

    const failures: readonly (readonly [string, number, string, Record<string, string>, VendorFailure])[] = [
      ['a wrong key', 401, '{"error":"Bad key"}', {}, { code: 'key-rejected', status: 401, vendorText: 'Bad key' }],
      ['a forbidden list', 403, 'No', {}, { code: 'key-rejected', status: 403, vendorText: 'No' }],
      ['a wrong address', 404, '{}', {}, { code: 'not-found', what: 'list', status: 404 }],
      ['429 in seconds', 429, '', { 'retry-after': '7' }, { code: 'rate-limited', status: 429, retryAfterMs: 7000 }],
      [
        '429 with a date',
        429,
        '',
        { date: 'Wed, 06 Nov 2024 12:00:00 GMT', 'retry-after': 'Wed, 06 Nov 2024 12:01:30 GMT' },
        { code: 'rate-limited', status: 429, retryAfterMs: 90_000 },
      ],
      [
        'DB_ERROR',
        500,
        '{"ok":false,"error":{"code":"DB_ERROR","message":"Internal database error"}}',
        {},
        { code: 'server-error', status: 500, retryAfterMs: null, vendorText: 'Internal database error' },
      ],
      [
        'DB_ERROR in flat form',
        500,
        '{"ok":false,"code":"DB_ERROR","message":"Internal database error"}',
        {},
        { code: 'server-error', status: 500, retryAfterMs: null, vendorText: 'Internal database error' },
      ],
      [
        'an HTML error',
        502,
        '<html>Bad gateway</html>',
        {},
        { code: 'server-error', status: 502, retryAfterMs: null, vendorText: null },
      ],
      [
        '503 with a wish',
        503,
        '',
        { 'retry-after': '120' },
        { code: 'rate-limited', status: 503, retryAfterMs: 120_000 },
      ],
      ['408', 408, '', {}, { code: 'server-error', status: 408, retryAfterMs: null, vendorText: null }],
      [
        'an error that echoes the key',
        500,
        `{"error":"No such key: ${TEST_KEY}"}`,
        {},
        { code: 'server-error', status: 500, retryAfterMs: null, vendorText: 'No such key: •••' },
      ],
      [
        'a redirect',
        302,
        '',
        { location: 'https://other.example/login?next=secret' },
        { code: 'redirected', status: 302, location: 'https://other.example/login' },
      ],
      [
        'a login page',
        200,
        '<!doctype html><title>Sign in</title>',
        {},
        { code: 'not-json', got: 'html', status: 200 },
      ],
      ['an empty body', 200, '', {}, { code: 'not-json', got: 'empty', status: 200 }],
      ['no content', 204, '', {}, { code: 'not-json', got: 'empty', status: 204 }],
      ['prose', 200, 'All is well', {}, { code: 'not-json', got: 'text', status: 200 }],
    ]
    test.each(failures)('says what happened: %s', async (_, status, body, headers, expected) => {
      answerAll(status, body, headers)
      const pulled = await pull()
      expect(pulled.failure).toEqual(expected)
      expect(pulled.end).toBeNull()
      expect(await connector.test(call())).toEqual({ ok: false, error: expected })
    })

    test('F043 a trailing comma, or text behind the end, refuses the page; what stands before it counts for nothing', async () => {
      const whole = JSON.stringify(subject.envelope([subject.record(1)]))
      const close = whole.lastIndexOf(']')
      for (const body of [`${whole.slice(0, close)},${whole.slice(close)}`, `${whole} and more`, `{${whole}`]) {
        answerList((_, response) => text(response, 200, body))
        const { failure, end } = await pull()
        expect(failure).toMatchObject({ code: 'not-json' })
        expect(end).toBeNull()
      }
    })

    test('a body cut short is not JSON', async () => {
      const whole = JSON.stringify(subject.envelope([subject.record(1)]))
      answerList((_, response) => text(response, 200, whole.slice(0, -3)))
      expect((await pull()).failure).toMatchObject({ code: 'not-json', got: 'cut-short' })
    })

    test('a connection that breaks in the middle of the body can be tried again', async () => {
      answerList((_, response) => {
        response.writeHead(200, { 'content-length': '1000' })
        response.write('{"')
        setTimeout(() => response.destroy(), 20)
      })
      expect((await pull()).failure).toMatchObject({ code: 'unreachable', sent: true })
    })

    test('another envelope is named by its path', async () => {
      const wrong = subject.listKey === null ? { contacts: [] } : { ok: true, rows: [], success: true }
      answerList((_, response) => json(response, 200, wrong))
      const path = subject.listKey ?? ''
      const found = subject.listKey === null ? 'object' : 'absent'
      expect((await pull()).failure).toMatchObject({ code: 'bad-shape', path, expected: 'array', found })
    })

    test('a 2xx that says it failed is a failure', async () => {
      answerList((_, response) =>
        json(response, 200, { ok: false, error: { code: 'DB_ERROR', message: 'Database away' } }),
      )
      expect((await pull()).failure).toEqual({
        code: 'vendor-error',
        vendorCode: 'DB_ERROR',
        vendorText: 'Database away',
      })
    })

    test('a record with a wrong type is set aside with its path, and the others are kept', async () => {
      const records = [
        ...Array.from({ length: 8 }, (_, n) => subject.record(n)),
        { ...subject.record(8), [subject.textMember]: { not: 'a text' } },
      ]
      answerList((_, response) => json(response, 200, subject.envelope(records)))
      const { ids, pages, end } = await pull()
      expect(ids).toHaveLength(8)
      expect(pages[0]?.problems).toMatchObject([
        {
          remoteId: subject.idOf(8),
          index: 8,
          path: `${subject.listKey ?? ''}[8].${subject.textMember}`,
          expected: 'text',
          found: 'object',
        },
      ])
      expect(end?.proof).not.toBe('none')
    })

    test('F047 F049 records without a usable id, or that are none, are set aside and the page goes on; the sweep then proves nothing', async () => {
      const good = Array.from({ length: 20 }, (_, n) => subject.record(n))
      const bad = [{ ...subject.record(90), id: null }, { ...subject.record(91), id: '' }, null, 'text', []]
      answerList((_, response) => json(response, 200, subject.envelope([...good, ...bad])))
      const { ids, pages, end, failure } = await pull()
      expect(failure).toBeNull()
      expect(ids).toHaveLength(20)
      expect(pages[0]?.problems.map((problem) => [problem.index, problem.remoteId])).toEqual([
        [20, null],
        [21, null],
        [22, null],
        [23, null],
        [24, null],
      ])
      expect(end).toMatchObject({ proof: 'none', reason: 'bad-records' })
    })

    test('an id that comes twice is kept and proves nothing', async () => {
      answerList((_, response) => json(response, 200, subject.envelope([subject.record(1), subject.record(1)])))
      expect(await pull()).toMatchObject({ failure: null, end: { proof: 'none', reason: 'duplicate' } })
    })

    test('F050 F057 unknown members are shown, `__proto__` and `constructor` among them, and harm nobody; a BOM is nothing', async () => {
      const odd = { ...subject.record(1), shoeSize: 43, nested: { a: [1, 2] } }
      const body = JSON.stringify(subject.envelope([odd])).replace(
        '"shoeSize"',
        '"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},"shoeSize"',
      )
      answerList((_, response) => text(response, 200, `\ufeff${body}`))
      const { pages } = await pull()
      const extra = pages[0]?.records[0]?.extra ?? []
      expect(extra).toContainEqual({ key: 'shoeSize', label: 'Shoe size', value: '43', filledBy: null })
      expect(extra).toContainEqual({ key: 'nested', label: 'Nested', value: 'A: 1, 2', filledBy: null })
      expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
      const raw = pages[0]?.records[0]?.raw
      expect(JSON.stringify(raw)).toContain('"__proto__":{"polluted":true}')
      expect(Object.getPrototypeOf(raw)).toBe(Object.prototype)
      expect(({} as Record<string, unknown>).polluted).toBeUndefined()
    })

    test('F058 a record of 2 MB is set aside with the reason, and the others are kept', async () => {
      const huge = { ...subject.record(2), [subject.textMember]: 'x'.repeat(2 * 1024 * 1024) }
      answerList((_, response) => json(response, 200, subject.envelope([subject.record(1), huge])))
      const { ids, pages } = await pull()
      expect(ids).toEqual([subject.idOf(1)])
      expect(pages[0]?.problems).toMatchObject([{ remoteId: subject.idOf(2), found: '2049 KB' }])
      expect(pages[0]?.problems[0]?.rawText.length).toBeLessThanOrEqual(4000)
    })

    test('F063 one record of a hundred is invalid: 99 are read, one is set aside, and the sum is right', async () => {
      const records = Array.from({ length: 100 }, (_, n) => subject.record(n))
      const bad = records.map((record, n) => (n === 41 ? { ...record, [subject.textMember]: ['no', 'text'] } : record))
      answerList((_, response) => json(response, 200, subject.envelope(bad)))
      const { ids, pages, end } = await pull()
      const aside = pages.flatMap((page) => page.problems)
      expect([ids.length, aside.length]).toEqual([99, 1])
      expect(aside[0]?.remoteId).toBe(subject.idOf(41))
      expect(end?.proof).not.toBe('none')
    })

    test('F064 more than a fifth of the records are invalid: the run is void', async () => {
      const records = Array.from({ length: 40 }, (_, n) =>
        n < 9 ? { ...subject.record(n), [subject.textMember]: { a: 1 } } : subject.record(n),
      )
      answerList((_, response) => json(response, 200, subject.envelope(records)))
      const { ids, end } = await pull()
      expect(ids).toHaveLength(31)
      expect(end).toMatchObject({ proof: 'none', reason: 'bad-records', isVoid: true })
    })

    test('an original over 32 KB is left out, and the client is kept with what could be read', async () => {
      const long = { ...subject.record(1), story: 'once upon a time '.repeat(3000) }
      answerList((_, response) => json(response, 200, subject.envelope([long])))
      const { pages } = await pull()
      expect(pages[0]?.problems).toEqual([])
      const [record] = pages[0]?.records ?? []
      expect(Object.values(record?.fields ?? {})).toContain('Ana')
      expect(record?.raw).toEqual({ 'left out': expect.stringMatching(/^\d+ KB$/), mark: expect.any(String) })
      expect(record?.extra.find((field) => field.key === 'story')?.value).toMatch(/^once upon .*…$/)
    })

    test('texts of every kind arrive as they are', async () => {
      const odd = 'Zoë \ud83d\ude00 王 O\u2019Neil \u202e \u200b \u0000 \ud800 "quoted" \\'
      answerList((_, response) =>
        json(response, 200, subject.envelope([{ ...subject.record(1), [subject.textMember]: odd }])),
      )
      const { pages } = await pull()
      expect(Object.values(pages[0]?.records[0]?.fields ?? {})).toContain(odd)
    })

    test('a value nested too deep is refused', async () => {
      const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`
      const body = JSON.stringify(subject.envelope([{ ...subject.record(1), deep: 'DEEP' }])).replace('"DEEP"', deep)
      answerList((_, response) => text(response, 200, body))
      expect((await pull()).failure).toMatchObject({ code: 'bad-shape', found: 'deeper' })
    })

    test('a body far too large is broken off while it arrives', async () => {
      let sent = 0
      answerList((_, response) => {
        const record = Buffer.from(`${JSON.stringify(subject.record(1))},`.padEnd(1024 * 1024, ' '))
        const whole = JSON.stringify(subject.envelope([]))
        response.writeHead(200)
        response.write(whole.slice(0, whole.indexOf('[') + 1))
        const more = (): void => {
          if (response.destroyed || sent >= 80) return void response.end()
          sent++
          response.write(record, more)
        }
        more()
      })
      expect((await pull()).failure).toMatchObject({ code: 'too-large' })
      expect(sent).toBeLessThan(80)
    })

    test('a server that says nothing, or stops in the middle, is given up on', async () => {
      const deadlines = { headersMs: 250, idleMs: 250 }
      const timeout = { code: 'unreachable', reason: 'timeout', sent: true, detail: null }
      answerList(() => undefined)
      expect((await pull({ deadlines })).failure).toEqual(timeout)
      answerList((_, response) => {
        response.writeHead(200)
        response.write('{')
      })
      expect((await pull({ deadlines })).failure).toEqual(timeout)
    })

    test('one byte at a time is not for ever', async () => {
      answerList((_, response) => {
        response.writeHead(200)
        const timer = setInterval(() => response.write(' '), 10)
        response.on('close', () => clearInterval(timer))
      })
      const failure = (await pull({ deadlines: { totalMs: 150, streamTotalMs: 150 } })).failure
      expect(failure).toMatchObject({ code: 'unreachable', reason: 'timeout' })
    })

    test('stopping closes the connection', async () => {
      const stop = new AbortController()
      const closed = new Promise<void>((resolve) => {
        answerList((_, response) => {
          response.on('close', () => resolve())
          setTimeout(() => stop.abort(), 20)
        })
      })
      expect((await pull({ signal: stop.signal })).failure).toEqual({ code: 'cancelled' })
      await closed
    })

    test('a server that is not there', async () => {
      const gone = await testCreateVendor()
      await gone.close()
      const { failure } = await pullAll(
        connector.pull(testCall(connector, subject.settings(gone.url)), FROM_THE_BEGINNING),
      )
      expect(failure).toEqual({ code: 'unreachable', reason: 'refused', sent: false, detail: 'ECONNREFUSED' })
    })

    test('a server without TLS behind https', async () => {
      answerAll(200, '{}')
      const https = subject.settings(vendor.url.replace('http:', 'https:'))
      const { failure } = await pullAll(connector.pull(testCall(connector, https), FROM_THE_BEGINNING))
      expect(failure).toMatchObject({ code: 'unreachable', reason: 'tls', sent: false })
    })

    test('ids become one segment of a path, whatever they are', async () => {
      if (connector.read === undefined) return
      answerAll(404, '{}')
      expect(await connector.read(call(), remoteIdSchema.parse('../a b?c#d'))).toEqual({
        ok: false,
        error: { code: 'not-found', what: 'record', status: 404 },
      })
      expect(vendor.asks[0]?.path).toMatch(/\/\.\.%2Fa%20b%3Fc%23d$/)
      await connector.read(call(), remoteIdSchema.parse('..'))
      expect(vendor.asks).toHaveLength(1)
    })
  })
}
