import type { SafetyRule } from '../../shared/safety/rules.ts'
import type { RunOptions } from './run-one.ts'

/** What a rule is for: the weather, the users and the vendors in which its absence shows. */
export type Scenario = Omit<RunOptions, 'seed' | 'off'>

const FULL_ENGAGE = { vendors: ['full-engage'] } as const
const MANY_SAVES = { save: 20, 'save-twice': 6, create: 1, delete: 0.2, undo: 0, discard: 0, 'create-twin': 0 } as const
const MANY_CREATES = { create: 20, save: 4, delete: 0.2, undo: 0, discard: 0, 'create-twin': 0 } as const
const READERS = { save: 1, create: 1, sync: 20, delete: 0, undo: 0, discard: 0 } as const

export const SCENARIOS: Readonly<Partial<Record<SafetyRule, Scenario>>> = {
  fence: {
    ...FULL_ENGAGE,
    likely: ['reset-before', 'reset-after', 'late-write'],
    users: { ...MANY_CREATES, create: 2, 'create-twin': 20 },
  },
  grace: { ...FULL_ENGAGE, likely: ['late-write'], users: MANY_CREATES },
  freeze: {
    ...FULL_ENGAGE,
    likely: ['late-write', 'reset-after', 'reset-before'],
    users: { ...MANY_CREATES, change: 12 },
  },
  'coalesce-unsent-only': {
    ...FULL_ENGAGE,
    likely: ['slow', 'slow-answer', 'reset-after'],
    users: { ...MANY_SAVES, 'save-twice': 20 },
  },
  'fifo-per-record': {
    ...FULL_ENGAGE,
    likely: ['status-409', 'status-500', 'slow'],
    users: { ...MANY_SAVES, 'save-twice': 20 },
  },
  'read-before-write': { ...FULL_ENGAGE, likely: [], users: MANY_SAVES },
  'conflict-asks': { ...FULL_ENGAGE, likely: [], users: MANY_SAVES, writers: 3 },
  'decision-revalidated': { ...FULL_ENGAGE, likely: ['offline'], users: { ...MANY_SAVES, resolve: 15 }, writers: 3 },
  'strict-overlap': { ...FULL_ENGAGE, likely: ['list-shifts'], users: READERS, writers: 3 },
  subset: { vendors: ['clnt'], likely: ['list-shifts'], users: READERS, writers: 3 },
  'confirm-twice': { ...FULL_ENGAGE, likely: ['row-missing'], users: READERS },
  brake: { vendors: ['connect', 'clnt'], likely: ['empty-list'], users: READERS },
  'young-record': { vendors: ['connect'], likely: ['lagging-list'], users: { ...READERS, create: 8 }, writers: 3 },
  'stale-page': { ...FULL_ENGAGE, likely: ['slow-answer'], users: { ...MANY_SAVES, sync: 12 } },
  'checkpoint-with-page': {
    vendors: ['full-engage', 'clnt', 'spott'],
    likely: ['kill-both', 'kill-worker'],
    users: READERS,
  },
  'echo-guard': { ...FULL_ENGAGE, likely: ['late-write'], users: { ...MANY_SAVES, 'save-twice': 12 } },
  'lease-fencing': { ...FULL_ENGAGE, likely: ['zombie'], users: MANY_SAVES },
  'journal-handshake': { ...FULL_ENGAGE, likely: ['database-lost', 'database-behind'], users: MANY_SAVES },
  'journal-before-saved': {
    ...FULL_ENGAGE,
    likely: ['database-lost', 'database-behind', 'kill-core'],
    users: MANY_SAVES,
  },
  'outcome-until-acknowledged': { ...FULL_ENGAGE, likely: ['kill-worker', 'line-cut'], users: MANY_SAVES },
  'absent-is-unknown': { ...FULL_ENGAGE, likely: ['field-missing'], users: READERS },
  'unusable-success-is-looked-up': {
    ...FULL_ENGAGE,
    likely: ['write-garbled', 'write-without-entity'],
    users: MANY_CREATES,
  },
  'retry-after-floor': { ...FULL_ENGAGE, likely: ['rate-limit', 'status-503-wait'], users: { ...MANY_SAVES, sync: 8 } },
  'quarantine-counts-as-seen': { vendors: ['connect', 'clnt', 'endors'], likely: ['row-bad'], users: READERS },
  'tray-keeps-last-state': { ...FULL_ENGAGE, likely: [], users: READERS, writers: 3 },
}
