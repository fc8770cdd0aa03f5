import type { ConnectorId } from '../../../electron/simulator/divide-clients.ts'
import type { JsonRow } from '../../../electron/simulator/record-table.ts'
import { createClnt } from '../../../electron/simulator/vendors/clnt.ts'
import { createConnect } from '../../../electron/simulator/vendors/connect.ts'
import { createEndors } from '../../../electron/simulator/vendors/endors.ts'
import { createFullEngage } from '../../../electron/simulator/vendors/full-engage.ts'
import { createSpott } from '../../../electron/simulator/vendors/spott.ts'
import type { Vendor, VendorSetup } from '../../../electron/simulator/vendors/vendor.ts'
import type { Dice } from './dice.ts'
import type { Oracle } from './oracle.ts'

export interface SimVendor {
  readonly id: ConnectorId
  readonly vendor: Vendor
  readonly origin: string
  /** The key that is right at the beginning. */
  readonly key: string
  readonly settings: Readonly<Record<string, string | boolean>>
  /** Field of a row that the app's field of this name is. */
  readonly fieldOf: (field: string) => string
  readonly canWrite: { readonly create: boolean; readonly update: boolean; readonly remove: boolean }
}

const MAKERS: Readonly<Record<ConnectorId, (setup: VendorSetup) => Vendor>> = {
  'full-engage': (setup) => createFullEngage(setup),
  connect: (setup) => createConnect(setup),
  clnt: (setup) => createClnt(setup),
  spott: (setup) => createSpott(setup),
  endors: (setup) => createEndors(setup),
}

/** Bodies that a vendor's rows are written with, by the app's names of fields. */
const FIELDS: Readonly<Record<ConnectorId, Readonly<Record<string, string>>>> = {
  'full-engage': {},
  connect: { notes: 'note', company: 'companyName' },
  clnt: { firstName: 'first_name', lastName: 'last_name' },
  spott: {},
  endors: {},
}

export function createSimVendor(options: {
  readonly id: ConnectorId
  readonly count: number
  readonly dice: Dice
  readonly now: () => number
  readonly startedAt: number
  readonly oracle: Oracle
  /** Who is changing a table right now. */
  readonly actor: () => 'app' | 'other'
}): SimVendor {
  const { id, oracle, now, actor } = options
  const origin = `https://${id}.vendor.example`
  const key = `sk_secret_of_${id.replaceAll('-', '_')}_${options.dice.below(1e9).toString(36)}`
  const vendor = MAKERS[id]({
    count: options.count,
    seed: options.dice.below(2 ** 31),
    key,
    now,
    startedAt: options.startedAt,
    origin: () => origin,
    saved: null,
    changed: () => undefined,
  })
  const { table } = vendor
  for (const row of table.list()) oracle.changed(id, String(row.id), row, options.startedAt, 'other')
  const { insert, update, remove } = table
  // The vendor looks its own table up at each change, so that everything passes here.
  Object.assign(table, {
    insert: (values?: JsonRow) => {
      const row = insert(values)
      oracle.changed(id, String(row.id), row, now(), actor())
      return row
    },
    update: (rowId: string, values: JsonRow) => {
      const row = update(rowId, values)
      if (row !== null) oracle.changed(id, rowId, row, now(), actor())
      return row
    },
    remove: (rowId: string) => {
      const done = remove(rowId)
      if (done) oracle.changed(id, rowId, null, now(), actor())
      return done
    },
  })
  return {
    id,
    vendor,
    origin,
    key,
    settings: { ...vendor.settings, ...(id === 'clnt' ? { pageSize: '6' } : {}), baseUrl: baseUrlOf(id, origin) },
    fieldOf: (field) => FIELDS[id][field] ?? field,
    canWrite: {
      create: id === 'full-engage' || id === 'connect',
      update: id === 'full-engage',
      remove: id === 'full-engage',
    },
  }
}

function baseUrlOf(id: ConnectorId, origin: string): string {
  return id === 'connect' ? `${origin}/api/connect` : origin
}
