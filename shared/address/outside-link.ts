const MAX_LENGTH = 2048
/** What a mail program may be told besides the address. Some take `attach=` and would add a file of this machine. */
const MAIL_HEADERS: ReadonlySet<string> = new Set(['subject', 'body', 'cc', 'bcc'])

/** What is asked of an address: the platform's `URL` has it, and this folder knows no platform. */
export interface ParsedAddress {
  readonly href: string
  readonly protocol: string
  readonly hostname: string
  readonly username: string
  readonly password: string
  readonly pathname: string
  readonly search: string
}

/**
 * The address if it may be handed to the system to open, else null: pages over https, a mail, a call. Nothing that
 * carries credentials, and nothing that a mail program or a telephone reads as more than an address. `parse` is
 * `new URL` of whichever runtime.
 */
export function checkOutsideLink(text: string, parse: (text: string) => ParsedAddress): string | null {
  if (text.length > MAX_LENGTH) return null
  let url: ParsedAddress
  try {
    url = parse(text)
  } catch {
    return null
  }
  if (url.username !== '' || url.password !== '') return null
  switch (url.protocol) {
    case 'https:':
      return url.hostname === '' ? null : url.href
    case 'tel:':
      return /^tel:\+?[0-9()*#.;=a-z-]{1,60}$/i.test(url.href) ? url.href : null
    case 'mailto:':
      return isPlainMail(url) ? url.href : null
    default:
      return null
  }
}

function isPlainMail({ pathname, search, href }: ParsedAddress): boolean {
  // An encoded line break would begin a header of its own.
  if (/%0[ad]/i.test(pathname) || /[\r\n]/.test(href)) return false
  return search
    .slice(1)
    .split('&')
    .filter((pair) => pair !== '')
    .every((pair) => {
      try {
        return MAIL_HEADERS.has(decodeURIComponent(pair.split('=')[0] ?? '').toLowerCase())
      } catch {
        return false
      }
    })
}
