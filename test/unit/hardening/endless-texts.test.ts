import { describe, expect, it } from 'vitest'
import { readStamp } from '../../../electron/connectors/reading/stamps.ts'
import { readColor } from '../../../electron/connectors/reading/status-vocabulary.ts'
import { readBackupName } from '../../../electron/core/backups/backup-name.ts'
import { hasDuplicateKeys } from '../../../electron/core/http/duplicate-keys.ts'
import { parseExactJson } from '../../../electron/core/http/parse-exact-json.ts'
import { isHeaderValue } from '../../../electron/core/http/request-address.ts'
import { readRetryAfter } from '../../../electron/core/http/retry-after.ts'
import { readVendorText } from '../../../electron/core/http/vendor-text.ts'
import { mediaAddress } from '../../../electron/host/media/media-address.ts'
import { rewritePlaylist } from '../../../electron/host/media/rewrite-playlist.ts'
import { outsideLink } from '../../../electron/host/outside-link.ts'
import { webAddress } from '../../../renderer/domain/web-link.tsx'
import { joinName } from '../../../renderer/store/projection/join-name.ts'
import { foldText } from '../../../renderer/store/search/fold-text.ts'
import { initialsOf } from '../../../renderer/ui/avatar.tsx'
import { scriptLang } from '../../../renderer/ui/script-lang.ts'
import { embedAddress } from '../../../shared/address/embed-address.ts'
import { writeCsv } from '../../../shared/csv/write-csv.ts'
import { visibleText } from '../../../shared/display/visible-text.ts'
import { labelOfKey, readableText } from '../../../shared/model/readable-text.ts'
import { emailProblem, urlProblem } from '../../../shared/model/validate-fields.ts'

/** Everything of ours that looks at a stranger's text with a pattern. */
const READERS: Readonly<Record<string, (text: string) => unknown>> = {
  labelOfKey,
  readableText: (text) => readableText({ [text]: [text, { a: text }] }),
  readStamp: (text) => readStamp(text, 'k', { add: () => undefined, list: () => [] }),
  readColor,
  readBackupName,
  hasDuplicateKeys: (text) => hasDuplicateKeys(JSON.stringify({ [text]: text }), { [text]: text }),
  parseExactJson: (text) => parseExactJson(JSON.stringify([text, `1${text}`])),
  isHeaderValue,
  readRetryAfter: (text) => readRetryAfter(text, 0),
  readVendorText: (text) => readVendorText(text, 'a-key-of-some-length'),
  readVendorJson: (text) => readVendorText(JSON.stringify({ message: text }), 'a-key-of-some-length'),
  mediaAddress,
  rewritePlaylist: (text) => rewritePlaylist(`#EXT-X-KEY:${text}`, new URL('https://a.example/'), () => ''),
  outsideLink,
  webAddress,
  joinName: (text) => joinName(text, text),
  foldText,
  initialsOf,
  scriptLang,
  embedAddress,
  embedAddressPath: (text) => embedAddress(`https://customer.cloudflarestream.com/${text}`),
  writeCsv: (text) => writeCsv(['h'], [[text, `x${text}=1`]]),
  visibleText,
  visibleTextWhole: (text) => visibleText(text, 1_000_000),
  emailProblem,
  urlProblem: (text) => urlProblem(`https://${text}`),
}

const UNITS = [
  'a',
  ' ',
  '\t',
  '\n',
  '/',
  '.',
  '-',
  ':',
  ';',
  ',',
  '=',
  '"',
  '\\',
  '0',
  '9',
  '@',
  '%',
  '<',
  'A',
  '_',
  'aA',
  'a-',
  ',-',
  '="',
  '\u0301',
  '\u200b',
  '\u200d',
  '👩\u200d',
  '\ud800',
]

describe('a text without end takes no time', () => {
  it.each(Object.keys(READERS))('%s', (name) => {
    const read = READERS[name]
    for (const unit of UNITS) {
      const text = unit.repeat(Math.floor(100_000 / unit.length))
      const before = process.cpuUsage().user
      read?.(text)
      // A pattern that looks at each place again from each place would take minutes.
      expect((process.cpuUsage().user - before) / 1000, JSON.stringify(unit)).toBeLessThan(1500)
    }
  })
})
