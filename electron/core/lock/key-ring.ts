import { z } from 'zod'
import type { AppError } from '../../../shared/app-error.ts'
import { type AppInfo, type VaultChoice, vaultChoiceSchema } from '../../../shared/ipc/host-contract.ts'
import type { KeyTrouble } from '../../../shared/model/source.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Host, SealedSecret, SecretVault } from '../../host/host.ts'
import { openProfileDocument } from '../profile-document.ts'

/** A keychain that asks its user something may take minutes: nobody waits for it who only wants to know how it is. */
const PATIENCE_MS = 1_000

const chosenSchema = z.object({
  v: z.literal(1),
  /** Null: what the machine offers by itself. */
  choice: vaultChoiceSchema.nullable(),
})

export type RingOpened =
  | { readonly secret: string; readonly isStale: boolean }
  | { readonly secret: null; readonly why: KeyTrouble }

/** Seals the keys of sources with what was chosen, and opens them with what sealed them. */
export interface KeyRing {
  readonly seal: (secret: string) => Promise<Result<SealedSecret, AppError>>
  readonly open: (sealed: SealedSecret) => Promise<RingOpened>
  readonly choice: () => VaultChoice
  /** For what is sealed from now on. What is sealed already is opened with what sealed it. */
  readonly choose: (choice: VaultChoice) => Promise<void>
  /** How it stands, given what is sealed and what could not be opened. */
  readonly view: (kept: {
    readonly sealed: readonly SealedSecret[]
    readonly troubles: readonly KeyTrouble[]
  }) => Promise<AppInfo['keyStore']>
}

/** Under the passphrase of the profile; null where there is none. While it is taken away it opens and seals no more. */
export type PassphraseBox = () => {
  readonly seal: SecretVault['seal'] | null
  readonly open: SecretVault['open']
} | null

export async function openKeyRing(deps: {
  readonly host: Pick<Host, 'vault' | 'keyFile' | 'files' | 'log' | 'crypto' | 'clock'>
  readonly box: PassphraseBox
}): Promise<KeyRing> {
  const { host, box } = deps
  const chosen = await openProfileDocument({
    files: host.files,
    log: host.log,
    name: 'vault.json',
    schema: chosenSchema,
    initial: { v: 1, choice: null },
  })
  const session = new Map<string, string>()
  const keyFile = host.vault.kind === 'key-file' ? host.vault : host.keyFile
  const byItself: VaultChoice = host.vault.kind === 'key-file' ? 'key-file' : 'keychain'

  const sealsUnder = (): SecretVault['seal'] | null => box()?.seal ?? null

  const choice = (): VaultChoice => {
    const wanted = chosen.get().choice ?? byItself
    // Without a passphrase there is nothing to seal under it; without a keychain of the system, none to choose.
    if (wanted === 'passphrase' && sealsUnder() === null) return byItself
    if (wanted === 'keychain' && host.vault.kind !== 'os-keychain') return byItself
    return wanted === 'key-file' && keyFile === null ? byItself : wanted
  }

  const sealForSession = (secret: string): SealedSecret => {
    const name = host.crypto.randomText(16)
    session.set(name, secret)
    return { v: 1, vault: 'session-only', data: name }
  }

  const sealWith = async (wanted: VaultChoice, secret: string): Promise<SealedSecret> => {
    switch (wanted) {
      case 'session':
        return sealForSession(secret)
      case 'passphrase':
        return (sealsUnder() ?? host.vault.seal)(secret)
      case 'key-file':
        return (keyFile ?? host.vault).seal(secret)
      case 'keychain':
        // Never with a key that everybody knows: then it is kept until the app ends, and that is said.
        return (await host.vault.trouble()) === 'none' ? host.vault.seal(secret) : sealForSession(secret)
    }
  }

  const open = async (sealed: SealedSecret): Promise<RingOpened> => {
    switch (sealed.vault) {
      case 'session-only': {
        const secret = session.get(sealed.data)
        return secret === undefined ? { secret: null, why: 'session-over' } : { secret, isStale: false }
      }
      case 'passphrase':
        return named((await box()?.open(sealed)) ?? null, 'passphrase-changed')
      case 'key-file':
        return named((await keyFile?.open(sealed)) ?? null, 'key-file-changed')
      default:
        return named(host.vault.kind === 'os-keychain' ? await host.vault.open(sealed) : null, 'keychain-changed')
    }
  }

  const keychainTrouble = async (): Promise<Awaited<ReturnType<SecretVault['trouble']>> | 'silent'> => {
    let cancel = (): void => undefined
    const late = new Promise<'silent'>((resolve) => {
      cancel = host.clock.schedule(PATIENCE_MS, () => resolve('silent'))
    })
    try {
      return await Promise.race([host.vault.trouble(), late])
    } finally {
      cancel()
    }
  }

  const view: KeyRing['view'] = async ({ sealed, troubles }) => {
    const wanted = choice()
    const machine = host.vault.kind === 'os-keychain' ? await keychainTrouble() : 'none'
    const base = { choice: wanted, choices: choicesOf(wanted, machine === 'none') }
    switch (wanted) {
      case 'session':
        return { ...base, kind: 'session-only', detail: '', trouble: 'none' }
      case 'passphrase':
        return { ...base, kind: 'passphrase', detail: '', trouble: 'none' }
      case 'key-file': {
        const isDamaged = (await keyFile?.trouble()) === 'damaged'
        const isOther = troubles.includes('key-file-changed')
        const trouble = isDamaged ? 'key-file-damaged' : isOther ? 'key-file-changed' : 'none'
        return { ...base, kind: 'key-file', detail: keyFile?.detail ?? '', trouble }
      }
      case 'keychain': {
        const { detail } = host.vault
        if (machine === 'none')
          return {
            ...base,
            kind: 'os-keychain',
            detail,
            trouble: troubles.includes('keychain-changed') ? 'keychain-changed' : 'none',
          }
        const before = sealed.filter(({ vault }) => vault.startsWith('os-keychain:'))
        const wasThis = before.some(({ vault }) => vault === `os-keychain:${detail}`)
        const trouble =
          wasThis || machine === 'silent'
            ? 'keychain-locked'
            : before.length > 0
              ? 'keychain-changed'
              : weakOrNone(machine)
        return { ...base, kind: 'session-only', detail, trouble }
      }
    }
  }

  const choicesOf = (wanted: VaultChoice, keychainWorks: boolean): VaultChoice[] => {
    const choices: VaultChoice[] = []
    if (host.vault.kind === 'os-keychain' && (keychainWorks || wanted === 'keychain')) choices.push('keychain')
    if (sealsUnder() !== null) choices.push('passphrase')
    choices.push('session')
    // Weaker than a keychain: offered where there is none, or where it was chosen once.
    if (keyFile !== null && (host.vault.kind === 'key-file' || !keychainWorks || wanted === 'key-file'))
      choices.push('key-file')
    return choices
  }

  return {
    seal: async (secret) => {
      const wanted = choice()
      try {
        return ok(await sealWith(wanted, secret))
      } catch {
        host.log.error('key-not-kept', { choice: wanted })
        return err({ code: 'no-key-store', detail: wanted })
      }
    },
    open,
    choice,
    choose: (next) => chosen.set({ v: 1, choice: next }),
    view,
  }
}

type FromVault = Awaited<ReturnType<SecretVault['open']>>

function named(opened: FromVault | null, changed: KeyTrouble): RingOpened {
  if (opened === null) return { secret: null, why: changed }
  if (opened.secret !== null) return opened
  return { secret: null, why: opened.why === 'locked' ? 'keychain-locked' : changed }
}

function weakOrNone(machine: 'no-keychain' | 'weak-keychain' | 'damaged'): 'no-keychain' | 'weak-keychain' {
  return machine === 'weak-keychain' ? 'weak-keychain' : 'no-keychain'
}
