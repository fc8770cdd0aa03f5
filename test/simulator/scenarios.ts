import type { SafetyRule } from '../../shared/safety/rules.ts'
import type { RunOptions } from './run-one.ts'

/** What a rule is for: the weather, the users and the vendors in which its absence shows. */
export type Scenario = Omit<RunOptions, 'seed' | 'off'>

const FE = { vendors: ['full-engage'] } as const
const CALM_USERS = { delete: 0.2, undo: 0, discard: 0, change: 0, 'create-twin': 0 } as const
const SAVES = { ...CALM_USERS, save: 20, 'save-twice': 6, create: 1 } as const
const TWICE = { ...SAVES, 'save-twice': 20 } as const
const CREATES = { ...CALM_USERS, create: 20, save: 4 } as const
const READS = { ...CALM_USERS, save: 1, create: 1, sync: 20, delete: 0 } as const

export const SCENARIOS: Readonly<Record<SafetyRule, Scenario>> = {
  fence: {
    ...FE,
    likely: ['reset-before', 'reset-after', 'late-write'],
    users: { ...CREATES, create: 2, 'create-twin': 20 },
  },
  grace: { ...FE, likely: ['late-write'], users: CREATES },
  freeze: { ...FE, likely: ['late-write', 'reset-after', 'reset-before'], users: { ...CREATES, change: 12 } },
  'coalesce-unsent-only': {
    ...FE,
    likely: ['reset-after', 'late-write'],
    users: { ...CREATES, create: 12, save: 20 },
    writers: 0,
  },
  'fifo-per-record': { ...FE, likely: ['status-409', 'status-500', 'slow'], users: TWICE, writers: 0 },
  'read-before-write': { ...FE, likely: [], users: SAVES },
  'conflict-asks': { ...FE, likely: [], users: SAVES, writers: 3 },
  'decision-revalidated': { ...FE, likely: ['offline'], users: { ...SAVES, resolve: 15 }, writers: 3 },
  'strict-overlap': { ...FE, likely: ['page-shift'], users: READS, writers: 0, aged: true, rows: 20 },
  subset: { vendors: ['clnt'], likely: ['page-shift'], users: READS, writers: 0, aged: true, rows: 20 },
  'confirm-twice': { ...FE, likely: ['row-missing'], users: READS, aged: true },
  brake: { vendors: ['connect', 'clnt'], likely: ['empty-list'], users: READS, aged: true },
  'young-record': { vendors: ['connect'], likely: ['lagging-list'], users: { ...READS, create: 8 }, writers: 3 },
  'stale-page': { ...FE, likely: ['slow-answer'], users: { ...SAVES, sync: 16 }, writers: 0 },
  'checkpoint-with-page': {
    vendors: ['full-engage', 'clnt', 'spott'],
    likely: ['kill-both', 'kill-worker', 'tx-slow'],
    users: READS,
  },
  'echo-guard': { ...FE, likely: ['late-write'], users: TWICE, writers: 0 },
  'lease-fencing': { ...FE, likely: ['zombie'], users: SAVES },
  'journal-handshake': { ...FE, likely: ['database-lost', 'database-behind'], users: SAVES },
  'journal-before-saved': { ...FE, likely: ['database-lost', 'database-behind', 'core-away'], users: SAVES },
  'outcome-until-acknowledged': { ...FE, likely: ['kill-worker', 'line-cut'], users: CREATES, writers: 3 },
  'absent-is-unknown': { ...FE, likely: ['field-missing'], users: READS },
  'unusable-success-is-looked-up': { ...FE, likely: ['write-garbled', 'write-without-entity'], users: CREATES },
  'retry-after-floor': { ...FE, likely: ['rate-limit', 'status-503-wait'], users: { ...SAVES, sync: 8 } },
  'quarantine-counts-as-seen': {
    vendors: ['connect', 'clnt', 'endors'],
    likely: ['row-bad'],
    users: READS,
    aged: true,
  },
  'tray-keeps-last-state': { ...FE, likely: [], users: READS, writers: 3, aged: true },
}
