import { z } from 'zod'
import type { AppError } from '../../../shared/app-error.ts'
import { createSourceId, instantSchema, type SourceId, sourceIdSchema } from '../../../shared/ids.ts'
import {
  connectionReportSchema,
  type KeyTrouble,
  type SourceDraft,
  sourceSettingsSchema,
} from '../../../shared/model/source.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Connector, ReadSettings } from '../../connectors/connector.ts'
import type { Host, SealedSecret } from '../../host/host.ts'
import type { KeyRing } from '../lock/key-ring.ts'
import type { Redactor } from '../log/redact.ts'
import { openProfileDocument, type ProfileDocument } from '../profile-document.ts'

const sealedSchema = z.object({ v: z.literal(1), vault: z.string(), data: z.string() })

export const sourceEntrySchema = z.object({
  sourceId: sourceIdSchema,
  connectorId: z.string(),
  name: z.string(),
  settings: sourceSettingsSchema,
  key: sealedSchema.nullable(),
  paused: z.boolean(),
  sample: z.boolean(),
  addedAt: instantSchema,
  account: connectionReportSchema.nullable(),
  /** Grows with each change of settings or key: what was read before may be another tenant's. */
  generation: z.number().int().default(0),
  /** Values that the settings now hide have still to be forgotten by the store. */
  owesPurge: z.boolean().default(false),
  /** Each edit is held for a look before it is sent. */
  review: z.boolean().default(false),
})
export interface SourceEntry extends z.infer<typeof sourceEntrySchema> {}

const documentSchema = z.object({
  v: z.literal(1),
  sources: z.array(sourceEntrySchema),
  /** Removed by the user: only these may be dropped from a store. A list that was lost removes nothing. */
  removed: z.array(sourceIdSchema).default([]),
})

/** The configured sources, with their keys sealed. Opened keys stay in this module's closure and in VendorHttp. */
export interface SourceRegistry {
  readonly list: () => readonly SourceEntry[]
  /** Sources that the user has removed. */
  readonly removed: () => readonly SourceId[]
  readonly get: (sourceId: SourceId) => SourceEntry | undefined
  readonly connectorOf: (entry: Pick<SourceEntry, 'connectorId'>) => Connector | undefined
  readonly connectors: () => readonly Connector[]
  /** Checks a draft as typed. `keyNeeded` false: an existing key stays. */
  readonly check: (
    draft: SourceDraft,
    options: { keyNeeded: boolean; except: SourceId | null },
  ) => Result<CheckedDraft, AppError>
  readonly add: (
    checked: CheckedDraft,
    key: string,
    options: { sample: boolean },
  ) => Promise<Result<SourceEntry, AppError>>
  readonly update: (
    sourceId: SourceId,
    change: Partial<Omit<SourceEntry, 'sourceId' | 'key'>>,
    key?: string,
  ) => Promise<Result<SourceEntry, AppError>>
  readonly remove: (sourceId: SourceId) => Promise<void>
  /** The key in the clear, for the request header only. Null where it cannot be opened: see `keyTrouble`. */
  readonly openKey: (entry: SourceEntry) => Promise<string | null>
  /** What kept the key from being opened when that was last tried. */
  readonly keyTrouble: (sourceId: SourceId) => KeyTrouble | null
  /** Opens every key once, so that all troubles are known. */
  readonly tryKeys: () => Promise<void>
  /** Seals the keys that can be opened, or are known, with what is chosen now. What cannot stays as it is. */
  readonly sealAnew: () => Promise<Result<null, AppError>>
}

export interface CheckedDraft {
  readonly connector: Connector
  readonly name: string
  readonly read: ReadSettings
}

export async function openSourceRegistry(deps: {
  readonly host: Host
  readonly connectors: readonly Connector[]
  readonly redactor: Redactor
  readonly keys: KeyRing
}): Promise<SourceRegistry> {
  const { host, connectors, redactor, keys } = deps
  /** Keys that were opened in this life, by what they are sealed as: a keychain that goes away takes none of them along. */
  const known = new Map<string, string>()
  const troubles = new Map<SourceId, KeyTrouble>()
  const document: ProfileDocument<z.infer<typeof documentSchema>> = await openProfileDocument({
    files: host.files,
    log: host.log,
    name: 'sources.json',
    schema: documentSchema,
    initial: { v: 1, sources: [], removed: [] },
  })
  const list = (): readonly SourceEntry[] => document.get().sources
  const get = (sourceId: SourceId): SourceEntry | undefined => list().find((s) => s.sourceId === sourceId)
  const connectorOf = (entry: Pick<SourceEntry, 'connectorId'>): Connector | undefined =>
    connectors.find((c) => c.manifest.connectorId === entry.connectorId)
  const change = (sources: (before: readonly SourceEntry[]) => SourceEntry[]): Promise<void> =>
    document.set((before) => ({ ...before, sources: sources(before.sources) }))

  const seal = async (key: string): Promise<Result<SealedSecret, AppError>> => {
    redactor.remember(key)
    const sealed = await keys.seal(key)
    if (sealed.ok) known.set(sealed.value.data, key)
    return sealed
  }

  /** Puts other seals in the place of these, where they still stand. */
  const replaceSeals = (seals: ReadonlyMap<string, SealedSecret>): Promise<void> =>
    change((all) =>
      all.map((entry) => {
        const next = entry.key === null ? undefined : seals.get(entry.key.data)
        return next === undefined ? entry : { ...entry, key: next }
      }),
    )

  const openKey = async (entry: SourceEntry): Promise<string | null> => {
    const sealed = entry.key
    if (sealed === null) return null
    const remembered = known.get(sealed.data)
    if (remembered !== undefined) return remembered
    const opened = await keys.open(sealed)
    if (opened.secret === null) {
      if (troubles.get(entry.sourceId) !== opened.why) host.log.warn('key-not-opened', { why: opened.why })
      troubles.set(entry.sourceId, opened.why)
      return null
    }
    const { secret } = opened
    redactor.remember(secret)
    known.set(sealed.data, secret)
    troubles.delete(entry.sourceId)
    if (opened.isStale) {
      const anew = await seal(secret)
      // In memory alone it is worth less than what is on the disk.
      if (anew.ok && anew.value.vault !== 'session-only') await replaceSeals(new Map([[sealed.data, anew.value]]))
    }
    return secret
  }

  return {
    list,
    removed: () => document.get().removed,
    get,
    connectorOf,
    connectors: () => connectors,

    check: (draft, { keyNeeded, except }) => {
      const connector = connectorOf(draft)
      if (connector === undefined) return err({ code: 'bad-input', field: 'connectorId', rule: 'required' })
      const name = draft.name.trim()
      if (name === '') return err({ code: 'bad-input', field: 'name', rule: 'required' })
      if (list().some((s) => s.sourceId !== except && s.name.toLowerCase() === name.toLowerCase())) {
        return err({ code: 'bad-input', field: 'name', rule: 'taken' })
      }
      const read = connector.readSettings(draft.settings)
      if (!read.ok) return err({ code: 'bad-input', field: read.error.field, rule: read.error.rule })
      const key = draft.key?.trim() ?? ''
      if (keyNeeded && key === '') return err({ code: 'bad-input', field: 'key', rule: 'required' })
      // A header value is visible ASCII (RFC 9110 5.5); anything else is a slip of the clipboard.
      if (!/^[\x21-\x7e]*$/.test(key)) return err({ code: 'bad-input', field: 'key', rule: 'bad-key' })
      return ok({ connector, name, read: read.value })
    },

    add: async ({ connector, name, read }, key, { sample }) => {
      const sealed = await seal(key)
      if (!sealed.ok) return sealed
      const entry: SourceEntry = {
        sourceId: createSourceId(host.random),
        connectorId: connector.manifest.connectorId,
        name,
        settings: read.settings,
        key: sealed.value,
        paused: false,
        sample,
        addedAt: new Date(host.clock.now()).toISOString(),
        account: null,
        generation: 0,
        owesPurge: false,
        review: false,
      }
      await change((before) => [...before, entry])
      return ok(entry)
    },

    update: async (sourceId, wanted, key) => {
      const before = get(sourceId)
      if (before === undefined) return err({ code: 'missing', what: 'source' })
      let sealedKey = before.key
      if (key !== undefined) {
        const sealed = await seal(key)
        if (!sealed.ok) return sealed
        sealedKey = sealed.value
      }
      const changed = (now: SourceEntry): SourceEntry => ({
        ...now,
        ...wanted,
        sourceId,
        key: key === undefined ? now.key : sealedKey,
      })
      await change((all) => all.map((s) => (s.sourceId === sourceId ? changed(s) : s)))
      if (key !== undefined) troubles.delete(sourceId)
      return ok(get(sourceId) ?? changed(before))
    },

    remove: (sourceId) =>
      document.set((before) => ({
        ...before,
        sources: before.sources.filter((s) => s.sourceId !== sourceId),
        removed: [...new Set([...before.removed, sourceId])],
      })),

    openKey,
    keyTrouble: (sourceId) => troubles.get(sourceId) ?? null,
    tryKeys: async () => {
      for (const entry of list()) if (!entry.sample) await openKey(entry)
    },
    sealAnew: async () => {
      const seals = new Map<string, SealedSecret>()
      for (const entry of list()) {
        const secret = await openKey(entry)
        const before = get(entry.sourceId)?.key
        if (secret === null || before === undefined || before === null) continue
        const sealed = await seal(secret)
        if (!sealed.ok) return sealed
        // Chosen was a keychain that is none now: what it sealed once is worth more than what this session remembers.
        const isWorse = sealed.value.vault === 'session-only' && keys.choice() !== 'session'
        if (!isWorse || before.vault === 'passphrase') seals.set(before.data, sealed.value)
      }
      await replaceSeals(seals)
      return ok(null)
    },
  }
}
