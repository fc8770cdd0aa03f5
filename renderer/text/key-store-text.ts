import type { AppInfo } from '../../shared/ipc/host-contract.ts'

/** Where keys are kept, as a sentence that is true on this machine. */
export function keyStoreText(keyStore: AppInfo['keyStore']): string {
  switch (keyStore.kind) {
    case 'os-keychain':
      return `Keys are kept by the operating system’s keychain${keyStore.detail === '' ? '' : ` (${keyStore.detail})`}.`
    case 'key-file':
      return 'Keys are kept encrypted in the profile folder (AES-256-GCM), under a key file that only you may read (mode 0600).'
    case 'session-only':
      return 'No keychain answers on this device, so keys are kept only until Clientele closes.'
  }
}

/** The same in a few words, under the field where a key is typed. */
export function keyStoreHint(keyStore: AppInfo['keyStore']): string {
  switch (keyStore.kind) {
    case 'os-keychain':
      return 'Stored in the system keychain, never shown again once saved.'
    case 'key-file':
      return 'Stored encrypted in the profile folder, never shown again once saved.'
    case 'session-only':
      return 'Kept only until Clientele closes, because no keychain answers here.'
  }
}
