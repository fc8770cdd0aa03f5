import type { AppError } from '../../../shared/app-error.ts'
import { type AppLock, SHORTEST_PASSPHRASE } from '../../../shared/model/app-lock.ts'
import type { Stretch } from '../../../shared/model/sealed-file.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Host, StretchCost } from '../../host/host.ts'
import type { PassphraseBox } from './key-ring.ts'
import { openLockDocuments } from './lock-document.ts'
import { newStretch, openFile, STRETCH_COST, sealFile, stretched, wrapAbout } from './passphrase.ts'
import { createSeals, type Seals } from './seals.ts'
import { openTries } from './tries.ts'

/** How files of the profile are written and read now. */
export interface AtRest {
  /** Null: in plain. */
  readonly writes: Seals | null
  readonly reads: Seals | null
  readonly believesPlain: boolean
}

const PLAIN: AtRest = { writes: null, reads: null, believesPlain: true }

/** The passphrase of a profile: what it opens, and whether it was given. In memory are two keys, as long as it is open. */
export interface ProfileLock {
  readonly state: () => AppLock
  readonly atRest: () => AtRest
  readonly box: PassphraseBox
  readonly unlock: (passphrase: string) => Promise<Result<null, AppError>>
  /** Forgets the keys. Whoever works with them has been stopped. */
  readonly close: () => void
  /** A first passphrase, or another one: then one small file is written, and nothing else. */
  readonly set: (current: string | null, next: string) => Promise<Result<null, AppError>>
  /** From here on files are written in plain; `settle` ends it. */
  readonly takeAway: (current: string | null) => Promise<Result<null, AppError>>
  /** Files are still as they were before the passphrase was set or taken away. */
  readonly isUnsettled: () => boolean
  readonly setLeft: (files: number) => void
  /** All files are as they shall be. */
  readonly settle: () => Promise<void>
  /** Puts the keys of the data where they are not used and not lost. */
  readonly setAside: () => Promise<void>
  readonly sealFile: (text: string) => Result<{ text: string }, AppError>
  readonly openFile: (text: string, passphrase: string | null) => Promise<Result<{ text: string }, AppError>>
}

interface OpenKeys {
  readonly seals: Seals
  readonly dataKey: Uint8Array
  /** What the passphrase was stretched to, for files that leave the app. */
  passKey: Uint8Array
}

export async function openProfileLock(deps: {
  readonly host: Pick<Host, 'files' | 'log' | 'clock' | 'crypto'>
  readonly onChange: (state: AppLock) => void
  /** For tests: the real one takes half a second. */
  readonly cost?: StretchCost
}): Promise<ProfileLock> {
  const { host, onChange, cost = STRETCH_COST } = deps
  const { crypto } = host
  const documents = await openLockDocuments(host.files, host.log)
  const tries = await openTries(host)
  let keys: OpenKeys | null = null
  let left = 0
  let checking: Promise<unknown> = Promise.resolve()

  const state = (): AppLock => ({
    encrypted: documents.get() !== null,
    locked: documents.get() !== null && keys === null,
    rewriting: left,
    retryAt: tries.retryAt(),
  })
  const told = (): void => onChange(state())

  /** One at a time: guesses made at once would cost no more than one. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const run = checking.then(work, work)
    checking = run.catch(() => undefined)
    return run
  }

  const check = async (
    passphrase: string | null,
    field: 'passphrase' | 'current',
  ): Promise<Result<{ passKey: Uint8Array; dataKey: Uint8Array }, AppError>> => {
    const kept = documents.get()
    if (kept === null) return err({ code: 'missing', what: 'passphrase' })
    if (tries.retryAt() !== null) return err({ code: 'bad-input', field, rule: 'wait' })
    if (passphrase === null || passphrase === '') return err({ code: 'bad-input', field, rule: 'required' })
    await tries.begin()
    const passKey = await stretched(crypto, passphrase, kept.kdf)
    const dataKey = crypto.openKey(passKey, wrapAbout(kept.keyId, kept.kdf), kept.wrapped)
    if (dataKey === null) {
      passKey.fill(0)
      host.log.warn('passphrase-wrong')
      told()
      return err({ code: 'bad-input', field, rule: 'wrong' })
    }
    await tries.succeeded()
    return ok({ passKey, dataKey })
  }

  const wrapNew = async (next: string, keyId: string, dataKey: Uint8Array) => {
    const kdf: Stretch = newStretch(crypto, cost)
    const passKey = await stretched(crypto, next, kdf)
    return { kdf, passKey, wrapped: crypto.sealKey(passKey, wrapAbout(keyId, kdf), dataKey) }
  }

  const forgetKeys = (): void => {
    keys?.dataKey.fill(0)
    keys?.passKey.fill(0)
    keys = null
  }

  const setFirst = async (next: string): Promise<void> => {
    const keyId = crypto.randomText(16)
    const dataKey = crypto.randomKey()
    const { kdf, passKey, wrapped } = await wrapNew(next, keyId, dataKey)
    await documents.set({ keyId, state: 'turning-on', kdf, wrapped })
    keys = { dataKey, passKey, seals: createSeals(crypto, dataKey, keyId) }
    host.log.info('passphrase-set')
  }

  const setNext = async (current: string | null, next: string): Promise<Result<null, AppError>> => {
    const checked = await check(current, 'current')
    const kept = documents.get()
    if (!checked.ok || kept === null) return checked.ok ? err({ code: 'missing', what: 'passphrase' }) : checked
    const { dataKey, passKey: before } = checked.value
    before.fill(0)
    const { kdf, passKey, wrapped } = await wrapNew(next, kept.keyId, dataKey)
    // One that was being taken away stays after all.
    await documents.set({ keyId: kept.keyId, state: kept.state === 'on' ? 'on' : 'turning-on', kdf, wrapped })
    dataKey.fill(0)
    keys?.passKey.fill(0)
    if (keys !== null) keys.passKey = passKey
    host.log.info('passphrase-changed')
    return ok(null)
  }

  return {
    state,
    atRest: () => {
      const kept = documents.get()
      if (kept === null || keys === null) return PLAIN
      const { seals } = keys
      return {
        writes: kept.state === 'turning-off' ? null : seals,
        reads: seals,
        believesPlain: kept.state !== 'on',
      }
    },
    box: () => {
      const kept = documents.get()
      if (kept === null || keys === null) return null
      const { seal, open } = keys.seals.box
      return { open, seal: kept.state === 'turning-off' ? null : seal }
    },

    unlock: (passphrase) =>
      inTurn(async () => {
        if (keys !== null || documents.get() === null) return ok(null)
        const checked = await check(passphrase, 'passphrase')
        const kept = documents.get()
        if (!checked.ok || kept === null) return checked.ok ? ok(null) : checked
        const { dataKey, passKey } = checked.value
        keys = { dataKey, passKey, seals: createSeals(crypto, dataKey, kept.keyId) }
        return ok(null)
      }),
    close: () => {
      forgetKeys()
      left = 0
      told()
    },

    set: (current, next) =>
      inTurn(async () => {
        if (next.length < SHORTEST_PASSPHRASE) return err({ code: 'bad-input', field: 'next', rule: 'too-short' })
        if (documents.get() !== null) return setNext(current, next)
        await setFirst(next)
        told()
        return ok(null)
      }),
    takeAway: (current) =>
      inTurn(async () => {
        const checked = await check(current, 'current')
        const kept = documents.get()
        if (!checked.ok || kept === null) return checked.ok ? ok(null) : checked
        checked.value.dataKey.fill(0)
        checked.value.passKey.fill(0)
        const { v: _v, revision: _revision, ...rest } = kept
        await documents.set({ ...rest, state: 'turning-off' })
        told()
        return ok(null)
      }),

    isUnsettled: () => keys !== null && (documents.get()?.state ?? 'on') !== 'on',
    setLeft: (files) => {
      if (files === left) return
      left = files
      told()
    },
    settle: async () => {
      const kept = documents.get()
      if (kept === null || kept.state === 'on') return
      if (kept.state === 'turning-off') {
        await documents.remove()
        await host.files.remove('lock-tries.json')
        forgetKeys()
      } else {
        const { v: _v, revision: _revision, ...rest } = kept
        await documents.set({ ...rest, state: 'on' })
      }
      left = 0
      told()
    },

    setAside: async () => {
      forgetKeys()
      await documents.setAside()
      await host.files.remove('lock-tries.json')
    },

    sealFile: (text) => {
      const kept = documents.get()
      if (kept === null || keys === null) return err({ code: 'missing', what: 'passphrase' })
      return ok({ text: sealFile(crypto, keys.passKey, kept.kdf, text) })
    },
    openFile: (text, passphrase) => {
      const kept = documents.get()
      const own = kept === null || keys === null ? null : { passKey: keys.passKey, kdf: kept.kdf }
      return inTurn(() => openFile(crypto, text, passphrase, own))
    },
  }
}
