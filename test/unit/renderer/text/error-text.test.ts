import { describe, expect, it } from 'vitest'
import { type ErrorContext, errorLine, errorText, shapeText } from '../../../../renderer/text/error-text.ts'
import { fieldProblemText, settingProblemText } from '../../../../renderer/text/problem-text.ts'
import { type AppError, appErrorSchema } from '../../../../shared/app-error.ts'

const CONNECT: ErrorContext = { sourceName: 'Connect', keyHint: 'Connect, Settings, API', during: 'sync' }

/** One example per code, and one per value where a code has kinds of its own. */
const EXAMPLES: readonly AppError[] = [
  { code: 'key-rejected', status: 401, vendorText: null },
  { code: 'key-rejected', status: 403, vendorText: 'forbidden' },
  { code: 'forbidden', status: 403, vendorText: 'not yours' },
  { code: 'not-found', what: 'list', status: 404 },
  { code: 'not-found', what: 'record', status: 404 },
  { code: 'refused', status: 400, vendorText: 'Invalid email', field: 'email' },
  { code: 'refused', status: 422, vendorText: null, field: null },
  { code: 'not-supported', status: 405 },
  { code: 'rate-limited', status: 429, retryAfterMs: 42_000 },
  { code: 'server-error', status: 500, retryAfterMs: null, vendorText: 'DB_ERROR' },
  { code: 'server-error', status: 503, retryAfterMs: null, vendorText: null },
  { code: 'server-error', status: 408, retryAfterMs: null, vendorText: null },
  ...(['dns', 'refused', 'tls', 'timeout', 'reset', 'network'] as const).map(
    (reason): AppError => ({ code: 'unreachable', reason, sent: false, detail: 'ECODE' }),
  ),
  { code: 'redirected', status: 302, location: 'https://login.example.com/' },
  { code: 'redirected', status: 301, location: null },
  ...(['html', 'empty', 'text', 'cut-short'] as const).map((got): AppError => ({ code: 'not-json', got, status: 200 })),
  { code: 'bad-shape', path: 'data[3].id', expected: 'string', found: 'number' },
  { code: 'vendor-error', vendorCode: 'DB_ERROR', vendorText: 'database is down' },
  { code: 'vendor-error', vendorCode: null, vendorText: null },
  { code: 'too-large', limitBytes: 50_000_000 },
  { code: 'paging-loop', page: 12 },
  { code: 'bad-input', field: 'baseUrl', rule: 'needs-protocol' },
  { code: 'missing', what: 'source' },
  { code: 'disconnected' },
  { code: 'cancelled' },
  { code: 'offline' },
  { code: 'no-key-store', detail: 'no keyring' },
  ...(['full', 'blocked', 'fenced', 'newer', 'failed', 'reopening', 'read-only', 'elsewhere'] as const).map(
    (kind): AppError => ({ code: 'storage', kind }),
  ),
  { code: 'locked' },
  { code: 'internal', incident: 'a1b2c3' },
]

describe('errorText', () => {
  it('has an example here for every code there is', () => {
    const codes = appErrorSchema.options.map((option) => option.shape.code.value)
    expect(new Set(EXAMPLES.map((error) => error.code))).toEqual(new Set(codes))
  })

  for (const during of ['sync', 'edit', 'test'] as const) {
    it.each(EXAMPLES.map((error) => [JSON.stringify(error), error] as const))(
      `speaks in sentences (${during}): %s`,
      (_label, error) => {
        const { title, text } = errorText(error, { ...CONNECT, during, waiting: 2, fieldLabel: 'Base URL' })
        expect(title).toMatch(/^[A-Z“].*\.$/)
        expect(title.split(' ').length).toBeGreaterThan(2)
        if (text !== '') expect(text).toMatch(/^[A-Z].*\.$/)
        const line = errorLine(error, { ...CONNECT, during })
        // The code word of the union is ours, not a sentence; neither are data structures or holes in a template.
        if (error.code.includes('-')) expect(line).not.toContain(error.code)
        expect(line).not.toMatch(/[{}]|undefined|null|NaN|\[object| {2}|\.\./)
        expect(line).not.toMatch(/please|oops|successfully|!/i)
      },
    )
  }

  it('says what the design says of a rejected key', () => {
    const { title, text, action } = errorText(EXAMPLES[0] ?? { code: 'offline' }, { ...CONNECT, waiting: 2 })
    expect(title).toBe('Connect no longer accepts this key.')
    expect(text).toBe(
      'It was revoked or has expired (401). Make a new one in Connect under Settings, API, then replace it here. 2 edits wait safely.',
    )
    expect(action).toBe('replace-key')
  })

  it('says what the design says of a pause', () => {
    const error: AppError = { code: 'rate-limited', status: 429, retryAfterMs: 42_000 }
    expect(errorLine(error, { sourceName: 'Spott', nextTry: 'in 0:42' })).toBe(
      'Spott asked for a pause (429). Next try in 0:42.',
    )
  })

  it('promises that an edit which may have arrived is not sent twice', () => {
    const error: AppError = { code: 'unreachable', reason: 'reset', sent: true, detail: null }
    expect(errorLine(error, { ...CONNECT, during: 'edit' })).toContain('nothing is sent twice')
    expect(errorLine({ ...error, sent: false }, { ...CONNECT, during: 'edit' })).not.toContain('twice')
  })

  it('quotes words of the vendor but neither markup nor data', () => {
    const refused = (vendorText: string): string =>
      errorLine({ code: 'refused', status: 400, vendorText, field: null }, CONNECT)
    expect(refused('Invalid email')).toContain('“Invalid email”')
    expect(refused('{"error":"Invalid email"}')).not.toContain('{')
    expect(refused('<html><body>')).not.toContain('<')
    expect(refused('x'.repeat(400)).length).toBeLessThan(260)
  })

  it('names path and types of a wrong form in words', () => {
    expect(shapeText({ path: 'data[3].id', expected: 'string', found: 'number' })).toBe(
      'At data[3].id, a text was expected and a number came',
    )
    expect(shapeText({ path: '', expected: 'array', found: 'object' })).toBe(
      'At the top, a list was expected and an object came',
    )
  })
})

describe('problem texts', () => {
  const SETTING_RULES = [
    'required',
    'not-a-url',
    'needs-protocol',
    'needs-https',
    'has-credentials',
    'not-a-number',
    'bad-header',
    'out-of-range',
    'not-usable',
    'taken',
    'fixed',
    'bad-key',
    'a-rule-nobody-knows',
  ]

  it.each(SETTING_RULES)('has a sentence for the setting rule %s', (rule) => {
    const text = settingProblemText(rule, 'Base URL')
    expect(text).toMatch(/^[A-Z].*\.$/)
    expect(text).not.toContain(rule)
  })

  it('tells how an address begins', () => {
    expect(settingProblemText('needs-protocol', 'Base URL')).toMatch(/^Begin with https:\/\//)
  })

  it.each([
    'required',
    'email-or-first-name',
    'needs-at',
    'needs-local-part',
    'needs-domain',
    'needs-dot',
    'has-space',
    'needs-digits',
    'needs-http',
    'not-a-url',
    'unknown-status',
    'too-long',
    'too-many',
    'choice-required',
    'in-flight',
  ])('has a sentence of its own for the field rule %s', (rule) => {
    expect(fieldProblemText(rule, 'Email')).toMatch(/^[A-Z].*\.$/)
    expect(fieldProblemText(rule, 'Email')).not.toBe(fieldProblemText('a-rule-nobody-knows', 'Email'))
  })
})

it('F112 a certificate out of its time may mean a wrong clock here: the text says to set it right, and that no key was sent', () => {
  for (const detail of ['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID', 'ERR_CERT_DATE_INVALID']) {
    const { text } = errorText({ code: 'unreachable', reason: 'tls', sent: false, detail }, CONNECT)
    expect(text).toContain('If the date or time of this device is wrong, set it right.')
    expect(text).toContain('no key was sent')
  }
  const other = errorText(
    { code: 'unreachable', reason: 'tls', sent: false, detail: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
    CONNECT,
  )
  expect(other.text).not.toContain('date')
})
