import type { AppError } from '../../../shared/app-error.ts'
import { readSealedFile, type Stretch, stretchSchema, writeSealedFile } from '../../../shared/model/sealed-file.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { HostCrypto, StretchCost } from '../../host/host.ts'

/** Half a second of a processor and 128 MB for each guess. */
export const STRETCH_COST: StretchCost = { N: 2 ** 17, r: 8, p: 1 }

/** A new way from a passphrase to a key: a salt of its own. */
export function newStretch(crypto: Pick<HostCrypto, 'randomText'>, cost: StretchCost): Stretch {
  return stretchSchema.parse({ name: 'scrypt', ...cost, salt: crypto.randomText(32) })
}

export function stretched(crypto: HostCrypto, passphrase: string, { N, r, p, salt }: Stretch): Promise<Uint8Array> {
  return crypto.stretch(passphrase, salt, { N, r, p })
}

/** What the wrapped key belongs to: another document's does not fit. */
export function wrapAbout(keyId: string, { N, r, p, salt }: Stretch): string {
  return `clientele lock 1 ${keyId} scrypt ${N} ${r} ${p} ${salt}`
}

const FILE_PURPOSE = 'clientele file 1'

function fileAbout({ N, r, p, salt }: Stretch): string {
  return `clientele file 1 scrypt ${N} ${r} ${p} ${salt}`
}

/** A file that leaves the app, under the passphrase as it is now. `passKey` is what the passphrase was stretched to. */
export function sealFile(crypto: HostCrypto, passKey: Uint8Array, kdf: Stretch, text: string): string {
  const key = crypto.derive(passKey, FILE_PURPOSE)
  const data = crypto.seal(key, fileAbout(kdf), text)
  key.fill(0)
  return writeSealedFile({ kdf, data })
}

/** Opens such a file. `own` is the key of the open profile: where it fits, nobody is asked. */
export async function openFile(
  crypto: HostCrypto,
  text: string,
  passphrase: string | null,
  own: { readonly passKey: Uint8Array; readonly kdf: Stretch } | null,
): Promise<Result<{ text: string }, AppError>> {
  const file = readSealedFile(text)
  if (typeof file === 'string') return err({ code: 'bad-input', field: 'file', rule: FILE_RULES[file] })
  const openWith = (passKey: Uint8Array): string | null => {
    const key = crypto.derive(passKey, FILE_PURPOSE)
    const opened = crypto.open(key, fileAbout(file.kdf), file.data)
    key.fill(0)
    return opened
  }
  if (passphrase === null) {
    const opened = own !== null && own.kdf.salt === file.kdf.salt ? openWith(own.passKey) : null
    return opened === null ? err({ code: 'bad-input', field: 'passphrase', rule: 'required' }) : ok({ text: opened })
  }
  const passKey = await stretched(crypto, passphrase, file.kdf)
  const opened = openWith(passKey)
  passKey.fill(0)
  return opened === null ? err({ code: 'bad-input', field: 'passphrase', rule: 'wrong' }) : ok({ text: opened })
}

const FILE_RULES = { foreign: 'not-sealed', newer: 'newer-format', damaged: 'damaged' } as const
