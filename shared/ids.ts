import { z } from 'zod'
import type { Random } from './clock.ts'

/** A configured source, for example "Full Engage of studio A". Made here, never derived from a vendor. */
export const sourceIdSchema = z
  .string()
  .regex(/^src_[0-9a-z]{16}$/)
  .brand('SourceId')
export type SourceId = z.infer<typeof sourceIdSchema>

/**
 * One client's entry at one source, or on this device only. Permanent from birth: an entry made offline keeps it when
 * the vendor hands out its own id, so rows never jump and no temporary id can leak into a request.
 */
export const recordIdSchema = z
  .string()
  .regex(/^rec_[0-9a-z]{16}$/)
  .brand('RecordId')
export type RecordId = z.infer<typeof recordIdSchema>

/** A person as shown: one record today, several linked records once duplicates can be linked. */
export const clientIdSchema = z
  .string()
  .regex(/^cli_[0-9a-z]{16}$/)
  .brand('ClientId')
export type ClientId = z.infer<typeof clientIdSchema>

export const editIdSchema = z
  .string()
  .regex(/^edt_[0-9a-z]{16}$/)
  .brand('EditId')
export type EditId = z.infer<typeof editIdSchema>

export const conflictIdSchema = z
  .string()
  .regex(/^cnf_[0-9a-z]{16}$/)
  .brand('ConflictId')
export type ConflictId = z.infer<typeof conflictIdSchema>

export const runIdSchema = z
  .string()
  .regex(/^run_[0-9a-z]{16}$/)
  .brand('RunId')
export type RunId = z.infer<typeof runIdSchema>

export const fieldRuleIdSchema = z
  .string()
  .regex(/^rul_[0-9a-z]{16}$/)
  .brand('FieldRuleId')
export type FieldRuleId = z.infer<typeof fieldRuleIdSchema>

/** One sending of one edit. Its outcome is applied once, however often it is delivered. */
export const attemptIdSchema = z
  .string()
  .regex(/^att_[0-9a-z]{16}$/)
  .brand('AttemptId')
export type AttemptId = z.infer<typeof attemptIdSchema>

/** One life of the local database, from its creation to its loss. */
export const databaseIdSchema = z
  .string()
  .regex(/^dbs_[0-9a-z]{16}$/)
  .brand('DatabaseId')
export type DatabaseId = z.infer<typeof databaseIdSchema>

/** The vendor's own id, always as a string (a number 7 and a text "7" are the same record). */
export const remoteIdSchema = z.string().min(1).max(512).brand('RemoteId')
export type RemoteId = z.infer<typeof remoteIdSchema>

/** An ISO 8601 instant, kept exactly as the source wrote it. */
export const instantSchema = z.string().min(1).max(64)
export type Instant = z.infer<typeof instantSchema>

const ALPHABET = '0123456789abcdefghijklmnopqrstuvwxyz'
const ID_LENGTH = 16

function randomText(random: Random): string {
  let text = ''
  for (let i = 0; i < ID_LENGTH; i++) text += ALPHABET.charAt(Math.floor(random.next() * ALPHABET.length))
  return text
}

export function createSourceId(random: Random): SourceId {
  return sourceIdSchema.parse(`src_${randomText(random)}`)
}

export function createRecordId(random: Random): RecordId {
  return recordIdSchema.parse(`rec_${randomText(random)}`)
}

/** A client made of a single record carries the record's own random part, so that no second table is needed for it. */
export function clientIdOfRecord(recordId: RecordId): ClientId {
  // A record id has passed its own check, and differs in nothing but the prefix; asked for each client at each start.
  return `cli_${recordId.slice(4)}` as ClientId
}

export function recordIdOfClient(clientId: ClientId): RecordId {
  return recordIdSchema.parse(`rec_${clientId.slice(4)}`)
}

export function createEditId(random: Random): EditId {
  return editIdSchema.parse(`edt_${randomText(random)}`)
}

export function createConflictId(random: Random): ConflictId {
  return conflictIdSchema.parse(`cnf_${randomText(random)}`)
}

export function createRunId(random: Random): RunId {
  return runIdSchema.parse(`run_${randomText(random)}`)
}

export function createFieldRuleId(random: Random): FieldRuleId {
  return fieldRuleIdSchema.parse(`rul_${randomText(random)}`)
}

export function createAttemptId(random: Random): AttemptId {
  return attemptIdSchema.parse(`att_${randomText(random)}`)
}

export function createDatabaseId(random: Random): DatabaseId {
  return databaseIdSchema.parse(`dbs_${randomText(random)}`)
}
