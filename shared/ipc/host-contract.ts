import { z } from 'zod'
import { manifestSchema } from '../connector/manifest.ts'
import { clientIdSchema, remoteIdSchema, sourceIdSchema } from '../ids.ts'
import { appLockSchema, passphraseSchema } from '../model/app-lock.ts'
import { appUpdateSchema } from '../model/app-update.ts'
import {
  desktopAbilitiesSchema,
  desktopEventSchema,
  desktopStateSchema,
  desktopStatusSchema,
  menuLineSchema,
  noticeReportSchema,
} from '../model/desktop.ts'
import { settingsChangeSchema, settingsSchema } from '../model/settings.ts'
import { connectionReportSchema, sourceDraftSchema, sourceViewSchema } from '../model/source.ts'
import { backupViewSchema, importReportSchema } from '../model/unsent-work.ts'
import type { Contract, EventContract } from './rpc.ts'

/** What the page may ask of the core. Keys go in here (`sources.add`, `sources.update`, `sources.test`) and nowhere out. */

const bySource = z.object({ sourceId: sourceIdSchema })
const nothing = z.object({})

export const vaultChoiceSchema = z.enum(['keychain', 'session', 'passphrase', 'key-file'])
export type VaultChoice = z.infer<typeof vaultChoiceSchema>

export const appInfoSchema = z.object({
  version: z.string(),
  host: z.enum(['electron', 'node']),
  platform: z.string(),
  /** Names the local database, so that two profiles on one port never share one. */
  profileId: z.string(),
  profileFolder: z.string(),
  keyStore: z.object({
    /** Where a key that is entered now goes. */
    kind: z.enum(['os-keychain', 'key-file', 'passphrase', 'session-only']),
    /** `Keychain`, `DPAPI`, `gnome_libsecret`, or the name of the key file. */
    detail: z.string(),
    /** What is wrong with it, if anything, and what the user may choose (`vault.choose`). */
    trouble: z.enum([
      'none',
      'no-keychain',
      'weak-keychain',
      'keychain-changed',
      'keychain-locked',
      'key-file-changed',
      'key-file-damaged',
    ]),
    choice: vaultChoiceSchema,
    choices: z.array(vaultChoiceSchema),
  }),
  desktop: desktopAbilitiesSchema,
})
export interface AppInfo extends z.infer<typeof appInfoSchema> {}

/** A draft that was refused points at the field of the form it is about. */
export const hostApi = {
  'app.info': { input: nothing, output: appInfoSchema },
  'connectors.list': { input: nothing, output: z.array(manifestSchema) },

  'sources.list': { input: nothing, output: z.array(sourceViewSchema) },
  /** Tries a draft without keeping anything. With `sourceId` and no key, the kept key is used. */
  'sources.test': {
    input: z.object({ draft: sourceDraftSchema, sourceId: sourceIdSchema.nullable() }),
    output: connectionReportSchema,
  },
  /**
   * Keeps the source and starts its first sync. With `check`, it is tried first, and a source that does not answer as
   * it should is not added; without, it is added as it is.
   */
  'sources.add': { input: z.object({ draft: sourceDraftSchema, check: z.boolean() }), output: bySource },
  'sources.update': { input: z.object({ sourceId: sourceIdSchema, draft: sourceDraftSchema }), output: z.null() },
  'sources.remove': { input: bySource, output: z.null() },
  'sources.sync': { input: z.object({ sourceId: sourceIdSchema, full: z.boolean() }), output: z.null() },
  'sources.syncAll': { input: nothing, output: z.null() },
  'sources.pause': { input: bySource, output: z.null() },
  'sources.resume': { input: bySource, output: z.null() },
  /** Stops the run under way; the checkpoint stays, the next sync goes on from it. */
  'sources.cancel': { input: bySource, output: z.null() },
  /** Answers a held removal: `remove` believes the source, `keep` does not and forgets the finding. */
  'sources.settleRemoval': {
    input: z.object({ sourceId: sourceIdSchema, decision: z.enum(['remove', 'keep']) }),
    output: z.null(),
  },

  /** Hold each new edit of this source for a look, or send them as they come. */
  'sources.review': { input: z.object({ sourceId: sourceIdSchema, on: z.boolean() }), output: z.null() },

  /** Copies of what cannot be pulled again, newest first. */
  'backups.list': { input: nothing, output: z.array(backupViewSchema) },
  'backups.make': { input: nothing, output: z.object({ name: z.string() }) },
  /**
   * Puts back what a backup has and the book lacks. Edits come back held (`recovered`), so that nothing is sent twice
   * unseen; what is newer here stays.
   */
  'backups.restore': { input: z.object({ name: z.string().max(120) }), output: importReportSchema },

  /** Edits were written or changed in the store: send what can be sent. */
  'edits.push': { input: z.object({ sourceId: sourceIdSchema.nullable() }), output: z.null() },

  /** Reads a client's testimonials now (the client was opened). The result arrives in the store. */
  'testimonials.read': { input: z.object({ sourceId: sourceIdSchema, remoteId: remoteIdSchema }), output: z.null() },

  'sample.start': { input: nothing, output: z.null() },
  'sample.remove': { input: nothing, output: z.null() },

  'settings.get': { input: nothing, output: settingsSchema },
  'settings.set': { input: settingsChangeSchema, output: settingsSchema },

  /** The page's own `online`/`offline` events: a hint, never proof. */
  'network.report': { input: z.object({ online: z.boolean() }), output: z.null() },

  /**
   * How keys are kept where the system has no keychain worth its name. `key-file` is weaker, so it must be agreed to:
   * `consent` is what the user ticked. Keys that are known now are sealed anew; nothing else is lost.
   */
  'vault.choose': {
    input: z.object({ choice: vaultChoiceSchema, consent: z.boolean() }),
    output: z.null(),
  },

  'lock.state': { input: nothing, output: appLockSchema },
  /** A wrong passphrase is `bad-input` on `passphrase`; after several there is a pause. */
  'lock.unlock': { input: z.object({ passphrase: passphraseSchema }), output: z.null() },
  'lock.lock': { input: nothing, output: z.null() },
  /** A key or a pointer was used in the page: the time until the lock begins anew. At most every few seconds. */
  'lock.active': { input: nothing, output: z.null() },
  /** Sets, changes (`current` is needed) or takes away (`next` null) the passphrase. Files are written anew before it answers. */
  'lock.change': {
    input: z.object({ current: passphraseSchema.nullable(), next: passphraseSchema.nullable() }),
    output: z.null(),
  },
  /** The passphrase is forgotten: sealed files are set aside, all else of this profile is removed from this computer. */
  'lock.forget': { input: z.object({ typed: z.string().max(60) }), output: z.null() },
  /** Encrypts a file that leaves the app (an export) with the passphrase of the profile, and reads such a file. */
  'lock.sealFile': { input: z.object({ text: z.string() }), output: z.object({ text: z.string() }) },
  'lock.openFile': {
    input: z.object({ text: z.string(), passphrase: passphraseSchema.nullable() }),
    output: z.object({ text: z.string() }),
  },

  /** The page listens now: what came in before (a deep link, a file) is told. */
  'desktop.ready': { input: nothing, output: z.null() },
  /** How the system took the preferences (tray, keys, start at login); changes come as an event of kind `state`. */
  'desktop.state': { input: nothing, output: desktopStateSchema },
  'desktop.setMenu': { input: z.object({ lines: z.array(menuLineSchema).max(200) }), output: z.null() },
  'desktop.setStatus': { input: desktopStatusSchema, output: z.null() },
  /** What stands now. Whether and when it becomes a notification is the core's to say (core/notices). */
  'desktop.notify': { input: noticeReportSchema, output: z.null() },
  /** A client was opened: the system's list of recent ones (a document of its own, named so). */
  'desktop.addRecent': { input: z.object({ clientId: clientIdSchema, name: z.string().max(200) }), output: z.null() },
  'desktop.clearRecent': { input: nothing, output: z.null() },
  /** Starts dragging a file out of the window; the host names the file, `name` is a wish. */
  'desktop.startDrag': {
    input: z.object({ name: z.string().max(200), vcard: z.string().max(1_000_000) }),
    output: z.null(),
  },
  /** Prints what the page shows as its print view, or asks where to put it as a PDF. Answers when done or given up. */
  'desktop.print': {
    input: z.object({ as: z.enum(['paper', 'pdf']), name: z.string().max(200) }),
    output: z.object({ done: z.boolean() }),
  },

  /**
   * Throws away what the browser keeps for this app, where no page can open or delete its database any more; what is not
   * sent yet comes back from the journal. `go`: the page sends itself there; null: it is done, the page loads itself anew.
   */
  'desktop.clearPageData': { input: nothing, output: z.object({ go: z.string().max(200).nullable() }) },

  'update.state': { input: nothing, output: appUpdateSchema },
  'update.check': { input: nothing, output: appUpdateSchema },
  'update.fetch': { input: nothing, output: z.null() },
  /** Ends the app in order and starts the new one. */
  'update.install': { input: nothing, output: z.null() },
  /** Not now: asked again after a day, or never for this version. */
  'update.defer': { input: z.object({ for: z.enum(['day', 'version']) }), output: z.null() },

  /** Opens an `https:`, `mailto:` or `tel:` link outside the app. */
  'shell.openLink': { input: z.object({ url: z.string().max(2048) }), output: z.null() },
} as const satisfies Contract
export type HostApi = typeof hostApi

export const networkStateSchema = z.object({
  /** False when the machine has no network, as far as anyone can tell. */
  online: z.boolean(),
  workOffline: z.boolean(),
})
export interface NetworkState extends z.infer<typeof networkStateSchema> {}

export const hostEvents = {
  /** All sources, after any change of any; at most ten times a second. */
  sourcesChanged: z.array(sourceViewSchema),
  settingsChanged: settingsSchema,
  networkChanged: networkStateSchema,
  lockChanged: appLockSchema,
  updateChanged: appUpdateSchema,
  desktop: desktopEventSchema,
} as const satisfies EventContract
export type HostEvents = typeof hostEvents

/** The page announces nothing to the core. */
export const noEvents = {} as const satisfies EventContract
export const noCalls = {} as const satisfies Contract
