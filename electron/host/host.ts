import type { AbortSignalLike, Clock, Random } from '../../shared/clock.ts'
import type { Port } from '../../shared/ipc/port.ts'
import type { AppUpdate } from '../../shared/model/app-update.ts'
import type {
  DesktopAbilities,
  DesktopEvent,
  DesktopNotice,
  DesktopState,
  DesktopStatus,
  MenuLine,
} from '../../shared/model/desktop.ts'
import type { Settings } from '../../shared/model/settings.ts'

/**
 * What a machine can do for the core: Electron and plain Node both provide all of it (test/acceptance/host-suite.ts).
 * Capabilities of a machine only; no feature of the app is named here.
 */
export interface Host {
  readonly kind: 'electron' | 'node'
  readonly platform: string
  readonly version: string
  readonly profileFolder: string
  /** The system's keychain where the machine has such a thing, else a key file. */
  readonly vault: SecretVault
  /** A key file in the profile, for whoever chooses it over a keychain that is none; null where `vault` is one. */
  readonly keyFile: SecretVault | null
  readonly crypto: HostCrypto
  readonly files: ProfileFiles
  readonly journal: JournalFiles
  /** Backups, in a folder of their own. */
  readonly backups: JournalFiles
  readonly installation: Installation
  readonly fetch: HostFetch
  readonly shell: Shell
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
  /** HMAC-SHA-256 under a secret of this profile, base64url: signs media references. */
  readonly sign: (text: string) => string
  /** Online as far as the machine itself can tell; the page's hints are laid over it in the core. */
  readonly online: () => boolean
  readonly power: Power
  readonly desktop: Desktop
  readonly updater: Updater
  /** Removes what this machine keeps of the profile beside documents, journal and backups: pictures and logs. */
  readonly eraseCaches: () => Promise<void>
}

/** What the core seals its files with. Keys are 32 bytes, texts base64url; nonces are drawn inside, anew each time. */
export interface HostCrypto {
  readonly randomKey: () => Uint8Array
  /** So many random bytes as text, for names and salts. */
  readonly randomText: (bytes: number) => string
  /** scrypt. Takes its time and memory beside the work of the process, not in its way. */
  readonly stretch: (passphrase: string, salt: string, cost: StretchCost) => Promise<Uint8Array>
  /** A key for one purpose, from which neither its mother nor its sisters can be told (HKDF-SHA-256). */
  readonly derive: (key: Uint8Array, purpose: string) => Uint8Array
  /** AES-256-GCM. `about` is not in the result, and must be the same to open it. */
  readonly seal: (key: Uint8Array, about: string, text: string) => string
  readonly open: (key: Uint8Array, about: string, sealed: string) => string | null
  readonly sealKey: (key: Uint8Array, about: string, inner: Uint8Array) => string
  readonly openKey: (key: Uint8Array, about: string, sealed: string) => Uint8Array | null
}

export interface StretchCost {
  readonly N: number
  readonly r: number
  readonly p: number
}

/** The machine sleeps and wakes. A machine that cannot tell tells nothing; the core's clock watch is there anyway. */
export interface Power {
  readonly listen: (listener: (event: 'suspend' | 'resume' | 'lock-screen' | 'unlock-screen') => void) => () => void
  /** Seconds without a key or a pointer anywhere on the machine; null where it cannot tell. */
  readonly idleSeconds: () => number | null
}

/** Menus, tray, notifications and the like: of the machine, so that the core and the page know no Electron. */
export interface Desktop {
  readonly abilities: DesktopAbilities
  /** Preferences that the desktop itself follows: tray, keys, spelling, start at login. Called at start and after each change. */
  readonly follow: (settings: Settings) => void
  /** How it turned out; changes are told as an event. */
  readonly state: () => DesktopState
  readonly setMenu: (lines: readonly MenuLine[]) => void
  readonly setStatus: (status: DesktopStatus) => void
  readonly notify: (notice: DesktopNotice) => void
  /** Is a window of ours in front of the user? Then nobody needs a notification. */
  readonly hasFocus: () => boolean
  readonly addRecent: (client: { readonly clientId: string; readonly name: string }) => void
  readonly clearRecent: () => void
  readonly startDrag: (file: { readonly name: string; readonly vcard: string }) => Promise<void>
  readonly print: (how: { readonly as: 'paper' | 'pdf'; readonly name: string }) => Promise<boolean>
  /** Throws away what Chromium keeps for the page. An address where the browser does it, or null where it is done. */
  readonly clearPageData: () => Promise<string | null>
  /** What comes before anyone listens is kept for the first listener. */
  readonly listen: (listener: (event: DesktopEvent) => void) => () => void
}

/** Updates of the app itself. Asks nobody unless told to. */
export interface Updater {
  readonly state: () => AppUpdate
  readonly listen: (listener: (state: AppUpdate) => void) => () => void
  readonly follow: (mode: Settings['updates']) => void
  readonly check: () => Promise<AppUpdate>
  readonly fetch: () => Promise<void>
  /** Called when everything is on disk; does not come back. */
  readonly install: () => void
  readonly defer: (how: 'day' | 'version') => void
}

/** Seals secrets for this user on this machine. */
export interface SecretVault {
  readonly kind: 'os-keychain' | 'key-file'
  readonly detail: string
  /** Why nothing may be sealed with it now: asked of the machine each time, because keychains come and go. */
  readonly trouble: () => Promise<VaultTrouble>
  /** Rejects where it is in trouble: nothing is ever sealed with a key that everybody knows. */
  readonly seal: (secret: string) => Promise<SealedSecret>
  readonly open: (sealed: SealedSecret) => Promise<OpenedSecret>
}

/**
 * `no-keychain`: none answers. `weak-keychain`: it would seal with a password that is in Chromium's source. `damaged`:
 * the key file is not what it was.
 */
export type VaultTrouble = 'none' | 'no-keychain' | 'weak-keychain' | 'damaged'

export type OpenedSecret =
  /** `isStale`: it must be sealed anew, because the system has another key for it by now. */
  | { readonly secret: string; readonly isStale: boolean }
  /**
   * `changed`: sealed with a key that is not there any more (password reset, another machine, another keychain).
   * `locked`: the keychain that sealed it does not answer now. `foreign`: no secret of this vault.
   */
  | { readonly secret: null; readonly why: 'changed' | 'locked' | 'foreign' }

/** Safe to write to a file: useless without the vault that made it. */
export interface SealedSecret {
  readonly v: 1
  readonly vault: string
  readonly data: string
}

/** Small JSON documents of the profile, replaced atomically. */
export interface ProfileFiles {
  /** Null where there is no such file. Rejects with an `Error` where it is not JSON: the caller sets it aside. */
  readonly read: (name: string) => Promise<unknown>
  readonly write: (name: string, value: unknown) => Promise<void>
  readonly remove: (name: string) => Promise<void>
  /** Renames an unreadable document to `NAME.unreadable-N`, so that nothing is lost. */
  readonly setAside: (name: string) => Promise<void>
}

/**
 * Append-only files of the profile that outlive a crash, in a folder of their own. Names are given by the caller, in
 * order; everything rejects with an `Error` where the disk refuses.
 */
export interface JournalFiles {
  /** Names of what is there, ascending. */
  readonly list: () => Promise<readonly string[]>
  readonly read: (name: string) => Promise<Uint8Array>
  /** Opens for appending; made if it is not there, and then its entry in the folder is on the disk too. */
  readonly open: (name: string) => Promise<JournalFile>
  /** Whole, or not at all: written beside, flushed, renamed, folder flushed. */
  readonly replace: (name: string, bytes: Uint8Array) => Promise<void>
  readonly remove: (name: string) => Promise<void>
  /** Renames a damaged one to `NAME.damaged-N`, so that nothing is lost. */
  readonly setAside: (name: string) => Promise<void>
  /** Names of what was set aside, as `read`, `replace` and `remove` take them. */
  readonly listAside: () => Promise<readonly string[]>
}

export interface JournalFile {
  /** Resolves when it is on the disk (fdatasync). After a rejection the file must not be appended to again. */
  readonly append: (bytes: Uint8Array) => Promise<void>
  readonly close: () => Promise<void>
}

/** What tells this installation from a copy of its profile, or from an old state of it: kept outside of the profile. */
export interface Installation {
  /** A mark of this machine and user, the same at each start and another elsewhere; null where there is none. */
  readonly machine: string | null
  /** The number noted last under this name; null where none was, or none can be kept. */
  readonly noted: (name: string) => Promise<number | null>
  readonly note: (name: string, value: number) => Promise<void>
}

/** HTTP without cookies and without following redirects. Rejects with `HostFetchError`. */
export type HostFetch = (request: HostRequest) => Promise<HostResponse>

export interface HostRequest {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | null
  readonly signal: AbortSignalLike
}

export interface HostResponse {
  readonly status: number
  /** Lower-case names. */
  readonly header: (name: string) => string | null
  /** Decoded body. Breaking off the iteration closes the connection. Rejects with `HostFetchError`. */
  readonly body: AsyncIterable<Uint8Array>
}

/** Why there is no response, or no rest of it. */
export class HostFetchError extends Error {
  override readonly name = 'HostFetchError'
  constructor(
    readonly reason: 'dns' | 'refused' | 'tls' | 'timeout' | 'reset' | 'network' | 'aborted',
    /** False only where it is certain that no byte of the request reached the server. */
    readonly sent: boolean,
    /** A code such as ECONNREFUSED; no address, no header. */
    readonly detail: string | null,
  ) {
    super(reason)
  }
}

export interface Shell {
  /** Opens an address outside the app. The caller has checked it. */
  readonly openLink: (url: string) => Promise<void>
}

/** Already free of secrets when it arrives here (core/log/redact.ts). */
export interface Log {
  readonly info: (event: string, facts?: Readonly<Record<string, string | number | boolean | null>>) => void
  readonly warn: (event: string, facts?: Readonly<Record<string, string | number | boolean | null>>) => void
  readonly error: (event: string, facts?: Readonly<Record<string, string | number | boolean | null>>) => void
}

/** What a host attaches to the core when a window opens: one port of the page, one of its store worker. */
export interface CoreDoors {
  readonly attachPage: (port: Port) => void
  readonly attachStore: (port: Port) => void
}
