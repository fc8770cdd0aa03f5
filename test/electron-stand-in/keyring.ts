import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createStandInSafeStorage } from './stand-in-safe-storage.ts'

/** The system's keyring, as it is or as it fails. */
export type Keyring = 'working' | 'basic-text' | 'none' | 'key-changed'

interface Kept {
  readonly kind: Exclude<Keyring, 'key-changed'>
  readonly key: string
}

/** The keyring of a machine outlives the app: it is kept in a file beside the profile. Null: a new one each time. */
export function openKeyring(file: string | null): {
  readonly safeStorage: ReturnType<typeof createStandInSafeStorage>
  /** From the next start on. */
  readonly set: (keyring: Keyring) => void
} {
  const kept: Kept =
    file !== null && existsSync(file)
      ? JSON.parse(readFileSync(file, 'utf8'))
      : { kind: 'working', key: randomBytes(32).toString('base64') }
  const keep = (next: Kept): void => {
    if (file === null) throw new Error('This machine keeps nothing: STAND_IN_MACHINE is not set')
    writeFileSync(file, JSON.stringify(next))
  }
  if (file !== null && !existsSync(file)) keep(kept)
  return {
    safeStorage: createStandInSafeStorage({
      key: Buffer.from(kept.key, 'base64'),
      isAvailable: kept.kind !== 'none',
      // Without a keyring Chromium on Linux seals with a password that is written in its source.
      ...(kept.kind === 'basic-text' ? { mark: 'v10', backend: 'basic_text' as const } : {}),
    }),
    set: (keyring) =>
      keep(
        keyring === 'key-changed'
          ? { kind: 'working', key: randomBytes(32).toString('base64') }
          : { kind: keyring, key: kept.key },
      ),
  }
}
