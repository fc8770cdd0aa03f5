import type { AppInfo, VaultChoice } from '../../shared/ipc/host-contract.ts'
import type { KeyTrouble } from '../../shared/model/source.ts'

type KeyStore = AppInfo['keyStore']

/** Where keys are kept, as a sentence that is true on this machine. */
export function keyStoreText(keyStore: KeyStore): string {
  switch (keyStore.kind) {
    case 'os-keychain':
      return `Keys are kept by the operating system’s keychain${keyStore.detail === '' ? '' : ` (${keyStore.detail})`}.`
    case 'key-file':
      return 'Keys are kept encrypted in the profile folder (AES-256-GCM), under a key file that only you may read (mode 0600).'
    case 'passphrase':
      return 'Keys are kept encrypted in the profile folder (AES-256-GCM), under your passphrase.'
    case 'session-only':
      return keyStore.choice === 'session'
        ? 'Keys are kept only until Clientele closes, as you chose.'
        : 'No keychain answers on this device, so keys are kept only until Clientele closes.'
  }
}

/** The same in a few words, under the field where a key is typed. */
export function keyStoreHint(keyStore: KeyStore): string {
  switch (keyStore.kind) {
    case 'os-keychain':
      return 'Stored in the system keychain, never shown again once saved.'
    case 'key-file':
      return 'Stored encrypted in the profile folder, never shown again once saved.'
    case 'passphrase':
      return 'Stored encrypted under your passphrase, never shown again once saved.'
    case 'session-only':
      return keyStore.choice === 'session'
        ? 'Kept only until Clientele closes, as chosen in Settings.'
        : `Kept only until Clientele closes: ${hintReason(keyStore)} Settings has other ways.`
  }
}

function hintReason(keyStore: KeyStore): string {
  switch (keyStore.trouble) {
    case 'weak-keychain':
      return 'the system’s keychain would not protect it.'
    case 'keychain-locked':
      return 'the system’s keychain is locked.'
    case 'keychain-changed':
      return 'the system’s keychain is another one than before.'
    default:
      return 'no keychain answers here.'
  }
}

/** What is wrong with the place of the keys and what to do about it; null where nothing is. */
export function keyStoreTrouble(keyStore: KeyStore): { readonly title: string; readonly text: string } | null {
  switch (keyStore.trouble) {
    case 'none':
      return null
    case 'no-keychain':
      return {
        title: 'This system has no keychain.',
        text: 'Nothing is stored in plain, so keys are kept until Clientele closes and then asked for again. Install a keychain (on Linux GNOME Keyring or KWallet), or choose another way below.',
      }
    case 'weak-keychain':
      return {
        title: 'The system’s keychain would not protect keys.',
        text: 'It would seal them with a password that is the same on every computer, so it is not used: keys are kept until Clientele closes. Start GNOME Keyring or KWallet, or choose another way below.',
      }
    case 'keychain-changed':
      return {
        title: 'The system’s keychain no longer opens some keys.',
        text: 'It has another key than before: after a password reset, on another computer, or with another keychain. Enter those keys again under Sources. Nothing else is lost.',
      }
    case 'keychain-locked':
      return {
        title: 'The system’s keychain does not open.',
        text: 'It is locked, or waits for its password. Unlock it, then look again. Keys that it holds stay there.',
      }
    case 'key-file-changed':
      return {
        title: 'The key file no longer opens some keys.',
        text: 'It is missing or another one than before. Put the old vault.key back into the profile folder, or enter those keys again under Sources. Nothing else is lost.',
      }
    case 'key-file-damaged':
      return {
        title: 'The key file is damaged.',
        text: 'Put an undamaged vault.key back into the profile folder, or enter the keys again under Sources: the damaged file is then set aside and a new one made. Nothing else is lost.',
      }
  }
}

/** Why a source has to be given its key again. */
export function keyTroubleText(
  trouble: KeyTrouble,
  sourceName: string,
): { readonly title: string; readonly text: string } {
  switch (trouble) {
    case 'session-over':
      return {
        title: `The key of ${sourceName} was kept until Clientele closed.`,
        text: 'Enter it again. Clients, edits and settings are as they were.',
      }
    case 'keychain-changed':
      return {
        title: `The system’s keychain no longer opens the key of ${sourceName}.`,
        text: 'Enter it again. Clients, edits and settings are as they were.',
      }
    case 'keychain-locked':
      return {
        title: `The system’s keychain is locked and holds the key of ${sourceName}.`,
        text: 'Unlock it, then try again. Or enter the key again.',
      }
    case 'key-file-changed':
      return {
        title: `The key file no longer opens the key of ${sourceName}.`,
        text: 'Enter it again. Clients, edits and settings are as they were.',
      }
    case 'passphrase-changed':
      return {
        title: `The key of ${sourceName} was sealed under another passphrase.`,
        text: 'Enter it again. Clients, edits and settings are as they were.',
      }
  }
}

/** The ways to keep keys: what each means, and who could read them. */
export const VAULT_WORDS: Readonly<Record<VaultChoice, { readonly label: string; readonly text: string }>> = {
  keychain: {
    label: 'System keychain',
    text: 'The operating system keeps them, unlocked with your sign-in.',
  },
  passphrase: {
    label: 'Under your passphrase',
    text: 'Sealed with the passphrase of this profile. Nobody reads them without it.',
  },
  session: {
    label: 'Until Clientele closes',
    text: 'Nothing is written. You enter each key again after every start.',
  },
  'key-file': {
    label: 'In a key file',
    text: 'Sealed in the profile folder with a key that lies beside them. Whoever can read your files (an administrator, a program that runs as you, a backup of this folder) can read the keys.',
  },
}
