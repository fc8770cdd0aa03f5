import type { AppError } from '../../shared/app-error.ts'
import { fieldProblemText, settingProblemText } from './problem-text.ts'

/** What the sentence may use beside the error itself. */
export interface ErrorContext {
  /** The source it is about, as the user named it. */
  readonly sourceName: string
  /** The vendor, where it differs from the name the user gave. */
  readonly connectorLabel?: string
  /** Manifest's hint where a key is made, as in `Connect, Settings, API`. */
  readonly keyHint?: string
  /** Edits of this source that wait. */
  readonly waiting?: number
  /** When the next try comes, in words after "Next try": `in 0:42`. */
  readonly nextTry?: string
  /** What the app was doing: reading clients, sending one edit, or trying out what is in the form. */
  readonly during?: 'sync' | 'edit' | 'test'
  /** Label of the field that a `refused` or `bad-input` speaks of. */
  readonly fieldLabel?: string
}

/**
 * `title` says what happened and ends with a full stop; `text` says why and what to do, and may be empty.
 * `action` is the way out, where a button can be one.
 */
export interface ErrorText {
  readonly title: string
  readonly text: string
  readonly action: 'replace-key' | 'edit-source' | 'retry' | null
}

/** The one place where an error becomes a sentence (DESIGN.md section 9): what happened. Why. What to do. */
export function errorText(error: AppError, context: ErrorContext): ErrorText {
  const name = context.sourceName
  switch (error.code) {
    case 'key-rejected':
      return keyRejected(error.status, context)
    case 'forbidden':
      return {
        title: `${name} does not allow this.`,
        text: join(
          `This key may not do it (${error.status})${quoted(error.vendorText)}.`,
          'Use a key with more rights, or discard the edit.',
        ),
        action: 'replace-key',
      }
    case 'not-found':
      return error.what === 'record'
        ? {
            title: `This client is gone at ${name}.`,
            text: `It was deleted there (${error.status}). Choose whether to create it again or to remove it here.`,
            action: null,
          }
        : {
            title: 'Address or Space not found.',
            text: join(
              `${name} has no list of clients there (${error.status}).`,
              'Check Base URL and the fields below it.',
              waits(context),
            ),
            action: 'edit-source',
          }
    case 'refused':
      return refused(error, context)
    case 'not-supported':
      return {
        title: `${name} cannot do this.`,
        text:
          context.during === 'edit'
            ? `Its API has no such operation (${error.status}). Discard the edit, or keep the value on this device.`
            : `Its API has no such operation (${error.status}). Check Base URL.`,
        action: context.during === 'edit' ? null : 'edit-source',
      }
    case 'rate-limited':
      return { title: `${name} asked for a pause (${error.status}).`, text: nextTry(context), action: 'retry' }
    case 'server-error':
      return serverError(error, context)
    case 'unreachable':
      return unreachable(error, context)
    case 'redirected':
      return {
        title: `This address leads elsewhere (${error.status}).`,
        text: join(
          error.location === null ? `${name} redirects the request.` : `${name} redirects to ${error.location}.`,
          'The key is never sent along. Enter the new address as Base URL if you trust it.',
        ),
        action: 'edit-source',
      }
    case 'not-json':
      return notJson(error, context)
    case 'bad-shape':
      return {
        title: `${name} answers in an unexpected form.`,
        text: join(
          `${shapeText(error)}.`,
          context.during === 'sync' ? 'What was read before stays.' : '',
          'Check Base URL, or try again later.',
        ),
        action: 'edit-source',
      }
    case 'vendor-error':
      return {
        title: `${name} reports an error of its own.`,
        text: join(
          error.vendorCode === null
            ? sentence(vendorQuote(error.vendorText))
            : `It says ${vendorQuote(error.vendorText) ?? 'no more'} (${error.vendorCode}).`,
          nextTry(context),
        ),
        action: 'retry',
      }
    case 'too-large':
      return {
        title: `The answer of ${name} is too large.`,
        text: `It is larger than ${Math.round(error.limitBytes / 1_000_000)} MB, the most that is read at once. What was read before stays. Check Base URL, or ask for a smaller page size.`,
        action: 'edit-source',
      }
    case 'paging-loop':
      return {
        title: `${name} sends the same page twice.`,
        text: `Page ${error.page} came back again, so going on would never end. What was read before stays. Start a full sync, or try again later.`,
        action: 'retry',
      }
    case 'bad-input':
      return {
        title:
          context.during === 'edit'
            ? fieldProblemText(error.rule, context.fieldLabel ?? 'This value')
            : settingProblemText(error.rule, context.fieldLabel ?? 'This value'),
        text: '',
        action: null,
      }
    case 'missing':
      return { title: 'This is no longer here.', text: 'It was removed or finished in the meantime.', action: null }
    case 'disconnected':
      return {
        title: 'Clientele does not answer.',
        text: 'Its background part was stopped or is starting again. Edits are kept on this device. Open the window anew if this stays.',
        action: 'retry',
      }
    case 'cancelled':
      return {
        title: context.during === 'edit' ? 'Sending was stopped.' : 'The sync was stopped.',
        text: 'It goes on from the same place next time.',
        action: 'retry',
      }
    case 'offline':
      return { title: 'You are offline.', text: offlineText(context.waiting ?? 0), action: null }
    case 'no-key-store':
      return {
        title: 'Keys cannot be kept safely on this device.',
        text: `No keychain answers${bracket(error.detail)}. Unlock or install one, then try again.`,
        action: 'retry',
      }
    case 'storage':
      return storage(error.kind)
    case 'locked':
      return { title: 'Clientele is locked.', text: 'Enter your passphrase, then go on.', action: null }
    case 'internal':
      return {
        title: 'Clientele made a mistake.',
        text: `It is noted in the log (${error.incident}). Nothing that you typed is lost. Try again.`,
        action: 'retry',
      }
  }
}

/** Title and text as one running sentence, for places with a single line. */
export function errorLine(error: AppError, context: ErrorContext): string {
  const { title, text } = errorText(error, context)
  return join(title, text)
}

/** `At data[3].id, a number was expected and a text came`: for envelopes and for single clients that were set aside. */
export function shapeText(shape: { readonly path: string; readonly expected: string; readonly found: string }): string {
  const place = shape.path === '' ? 'At the top' : `At ${shape.path}`
  return `${place}, ${typeWord(shape.expected)} was expected and ${typeWord(shape.found)} came`
}

function keyRejected(status: number, context: ErrorContext): ErrorText {
  const name = context.sourceName
  const where = keyPlace(context)
  if (context.during === 'test') {
    return {
      title: `${name} does not accept this key.`,
      text: `It is mistyped, revoked or expired (${status}). Check it, or make a new one${where}.`,
      action: null,
    }
  }
  return {
    title: `${name} no longer accepts this key.`,
    text: join(
      status === 403
        ? `It was revoked or lacks the right to read (${status}).`
        : `It was revoked or has expired (${status}).`,
      `Make a new one${where}, then replace it here.`,
      waits(context),
    ),
    action: 'replace-key',
  }
}

function refused(error: Extract<AppError, { code: 'refused' }>, context: ErrorContext): ErrorText {
  const quote = vendorQuote(error.vendorText)
  const title =
    quote === null
      ? `${context.sourceName} refused it (${error.status}).`
      : `${context.sourceName} refused it: ${quote}.`
  if (context.during === 'edit') {
    const field = context.fieldLabel
    return {
      title,
      text: field === undefined ? 'Correct the client, then retry.' : `Correct ${field}, then retry.`,
      action: 'retry',
    }
  }
  return { title, text: 'Check the settings of this source.', action: 'edit-source' }
}

function serverError(error: Extract<AppError, { code: 'server-error' }>, context: ErrorContext): ErrorText {
  const name = context.sourceName
  const { status } = error
  const title =
    status === 408 || status === 504
      ? `${name} took too long (${status}).`
      : status === 503
        ? `${name} is overloaded (${status}).`
        : `${name} has a problem of its own (${status}).`
  const quote = vendorQuote(error.vendorText)
  return { title, text: join(quote === null ? '' : `It says ${quote}.`, nextTry(context)), action: 'retry' }
}

function unreachable(error: Extract<AppError, { code: 'unreachable' }>, context: ErrorContext): ErrorText {
  const name = context.sourceName
  const detail = bracket(error.detail)
  // A request that may have arrived is looked up at the source before it is sent again.
  const fate = context.during === 'edit' && error.sent ? `${name} is checked first; nothing is sent twice.` : ''
  const retry = join(fate, nextTry(context))
  switch (error.reason) {
    case 'dns':
      return {
        title: `${name} was not found.`,
        text: join(`No server has this name${detail}.`, 'Check Base URL for a typing error, and the network.', retry),
        action: 'edit-source',
      }
    case 'refused':
      return {
        title: `${name} does not answer.`,
        text: join(
          `Nothing listens at this address${detail}.`,
          'Check Base URL and its port, or try again later.',
          retry,
        ),
        action: 'edit-source',
      }
    case 'tls':
      return {
        title: `The connection to ${name} is not safe.`,
        text: join(
          `Its certificate cannot be trusted${detail}, so no key was sent.`,
          isAboutTime(error.detail) ? 'If the date or time of this device is wrong, set it right.' : '',
          'Check Base URL.',
        ),
        action: 'edit-source',
      }
    case 'timeout':
      return {
        title: `${name} took too long.`,
        text: join(`No answer came in time${detail}.`, retry || 'Try again.'),
        action: 'retry',
      }
    case 'reset':
      return {
        title: `The line to ${name} dropped.`,
        text: join(
          context.during === 'edit' && error.sent
            ? 'It was sent, but no answer came.'
            : `The connection was cut${detail}.`,
          retry || 'Try again.',
        ),
        action: 'retry',
      }
    case 'network':
      return {
        title: `${name} cannot be reached.`,
        text: join(`The network failed on the way${detail}.`, retry || 'Check the network, then try again.'),
        action: 'retry',
      }
  }
}

/** A certificate that is not valid yet, or not any more: as often the clock of this machine as the certificate. */
function isAboutTime(detail: string | null): boolean {
  return detail !== null && /CERT_(HAS_EXPIRED|NOT_YET_VALID|DATE_INVALID)|CRL_(HAS_EXPIRED|NOT_YET_VALID)/.test(detail)
}

function notJson(error: Extract<AppError, { code: 'not-json' }>, context: ErrorContext): ErrorText {
  const name = context.sourceName
  switch (error.got) {
    case 'html':
      return {
        title: 'This address answers with a web page, not data.',
        text: `It may be a login page, or lack a part such as /api/v1 (${error.status}). Check Base URL.`,
        action: 'edit-source',
      }
    case 'empty':
      return {
        title: `${name} sent an empty answer.`,
        text: join(`There was nothing in it (${error.status}).`, kept(context), 'Check Base URL, or try again later.'),
        action: 'retry',
      }
    case 'text':
      return {
        title: 'This address answers with text, not data.',
        text: `It may not be the address of the API (${error.status}). Check Base URL.`,
        action: 'edit-source',
      }
    case 'cut-short':
      return {
        title: `The answer of ${name} broke off.`,
        text: join(`The end is missing (${error.status}).`, kept(context), nextTry(context) || 'Try again.'),
        action: 'retry',
      }
  }
}

function storage(kind: Extract<AppError, { code: 'storage' }>['kind']): ErrorText {
  switch (kind) {
    case 'full':
      return {
        title: 'This disk is full.',
        text: 'New edits cannot be saved here. Free some space, then try again.',
        action: 'retry',
      }
    case 'blocked':
      return {
        title: 'The book on this device is in use.',
        text: 'Another window holds it. Close other windows of Clientele, then try again.',
        action: 'retry',
      }
    case 'fenced':
      return {
        title: 'Another window has taken over.',
        text: 'Only one window writes at a time. Go on there, or close it and try again.',
        action: 'retry',
      }
    case 'newer':
      return {
        title: 'This book belongs to a newer Clientele.',
        text: 'This version cannot read it and leaves it as it is. Install the newer version.',
        action: null,
      }
    case 'reopening':
      return {
        title: 'The book on this device is being opened again.',
        text: 'What you typed is still in the form. Try again in a moment.',
        action: 'retry',
      }
    case 'read-only':
      return {
        title: 'This disk can only be read.',
        text: 'New edits cannot be saved here. Make the profile folder writable, then try again.',
        action: 'retry',
      }
    case 'elsewhere':
      return {
        title: 'This profile is open in another browser.',
        text: 'Edits are made there. Close Clientele there, then try again.',
        action: 'retry',
      }
    case 'failed':
      return {
        title: 'The book on this device cannot be written.',
        text: 'What is stored stays. Check the disk, then try again.',
        action: 'retry',
      }
  }
}

/** Also said where nothing failed: the banner of the offline state. `until` says when edits go. */
export function offlineText(waiting: number, until = 'when the network is back'): string {
  if (waiting === 0) return `Search and edit as usual; edits wait here and go ${until}.`
  const edits = waiting === 1 ? '1 edit waits' : `${count(waiting)} edits wait`
  const go = waiting === 1 ? 'goes' : 'go'
  return `Search and edit as usual; ${edits} here and ${go} ${until}.`
}

function waits(context: ErrorContext): string {
  const waiting = context.waiting ?? 0
  if (waiting === 0) return ''
  return waiting === 1 ? '1 edit waits safely.' : `${count(waiting)} edits wait safely.`
}

function nextTry(context: ErrorContext): string {
  if (context.nextTry !== undefined) return `Next try ${context.nextTry}.`
  return context.during === 'test' ? 'Try again in a while.' : ''
}

function kept(context: ErrorContext): string {
  return context.during === 'sync' ? 'What was read before stays.' : ''
}

/** ` in Connect under Settings, API`, or nothing where no hint is known. */
function keyPlace(context: ErrorContext): string {
  // The first sentence of the hint; what follows describes the key itself.
  const hint = (context.keyHint?.trim().split('. ')[0] ?? '').replace(/\.$/, '')
  if (hint === '') return context.connectorLabel === undefined ? '' : ` in ${context.connectorLabel}`
  const place = hint.replace(/^The /, 'the ')
  const comma = place.indexOf(', ')
  return comma === -1 ? ` in ${place}` : ` in ${place.slice(0, comma)} under ${place.slice(comma + 2)}`
}

/** The vendor's words in quotes, or null where there are none or they are markup or data that says nothing to a reader. */
function vendorQuote(text: string | null): string | null {
  const plain =
    text
      ?.trim()
      .replace(/\s+/g, ' ')
      .replace(/[.!]+$/, '') ?? ''
  if (plain === '' || /^[{[<]/.test(plain)) return null
  return `“${plain.length > 160 ? `${plain.slice(0, 159)}…` : plain}”`
}

function quoted(text: string | null): string {
  const quote = vendorQuote(text)
  return quote === null ? '' : `: ${quote}`
}

function sentence(quote: string | null): string {
  return quote === null ? 'It gives no reason.' : `It says ${quote}.`
}

function bracket(detail: string | null): string {
  return detail === null || detail === '' ? '' : ` (${detail})`
}

const TYPE_WORDS: Readonly<Record<string, string>> = {
  string: 'a text',
  text: 'a text',
  number: 'a number',
  int: 'a whole number',
  integer: 'a whole number',
  boolean: 'yes or no',
  array: 'a list',
  list: 'a list',
  object: 'an object',
  record: 'an object',
  null: 'an empty value',
  undefined: 'nothing',
  missing: 'nothing',
  absent: 'nothing',
}

function typeWord(type: string): string {
  return TYPE_WORDS[type.toLowerCase()] ?? (type === '' ? 'something else' : type)
}

function count(value: number): string {
  return value.toLocaleString('en-US')
}

function join(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' ')
}
