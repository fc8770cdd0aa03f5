import type { Server } from 'node:http'
import { z } from 'zod'
import { CONNECTOR_IDS, type ConnectorId, divideClients } from './divide-clients.ts'
import { hashText, mix } from './prng.ts'
import { type JsonRow, type RecordTable, savedTableSchema } from './record-table.ts'
import { createFaultBook, type FaultControl } from './server/fault.ts'
import { createRequestLog, type RequestLog } from './server/request-log.ts'
import { createVendorServer } from './server/vendor-server.ts'
import { type ClntClient, createClnt } from './vendors/clnt.ts'
import { type ConnectContact, createConnect } from './vendors/connect.ts'
import { createEndors, type EndorsVendor } from './vendors/endors.ts'
import type { EndorsClient } from './vendors/endors-rows.ts'
import { createFullEngage, type FullEngageClient } from './vendors/full-engage.ts'
import { createSpott } from './vendors/spott.ts'
import type { SpottContact } from './vendors/spott-rows.ts'
import type { KeyPlace, Vendor, VendorSetup } from './vendors/vendor.ts'

export interface SimulatorOptions {
  /** Clients in all, divided over the five. */
  readonly clients: number
  /** The same seed makes the same people, ids and keys. */
  readonly seed: number | string
  /** The moment that seeded times count back from, in milliseconds since the epoch. */
  readonly now: number
  /** Overrides the share of single vendors. */
  readonly counts?: Readonly<Partial<Record<ConnectorId, number>>>
  /** First of five ports, in the order of `CONNECTOR_IDS`. By default the system chooses. */
  readonly port?: number
  /** Ports to try first, by connector; one that is taken is replaced by a free one. */
  readonly ports?: Readonly<Record<string, number>>
  /** Time of what is created and changed later. Default: the machine's clock. */
  readonly clock?: () => number
  /** What `save()` of an earlier run gave, with the same seed, clients and `now`: what was created is still there. */
  readonly saved?: SavedSimulator
  /** Called after every change of a vendor's clients: the moment to save. */
  readonly changed?: () => void
}

export const savedSimulatorSchema = z.partialRecord(z.enum(CONNECTOR_IDS), savedTableSchema)
/** By connector, what differs from the seeded clients. JSON all through. */
export type SavedSimulator = Readonly<z.infer<typeof savedSimulatorSchema>>

/** What "Add source" asks for, filled in. */
export interface SimulatedSource {
  readonly connectorId: ConnectorId
  readonly name: string
  readonly baseUrl: string
  readonly key: string
  /** By the names of the connectors' manifests, the base URL included. */
  readonly settings: Readonly<Record<string, string | boolean>>
}

/** A vendor from the inside, for tests. */
export interface SimulatedServer<Row extends JsonRow = JsonRow> {
  readonly source: SimulatedSource
  readonly table: RecordTable<Row>
  readonly faults: FaultControl
  readonly requests: RequestLog
  /** Where the vendor looks for its key, and which; may be changed at any time. */
  readonly keyPlace: KeyPlace
}

export interface EndorsServer extends SimulatedServer<EndorsClient> {
  readonly testimonialsOf: EndorsVendor['testimonialsOf']
  readonly setTestimonials: EndorsVendor['setTestimonials']
}

export interface Simulator {
  readonly sources: readonly SimulatedSource[]
  readonly servers: {
    readonly endors: EndorsServer
    readonly 'full-engage': SimulatedServer<FullEngageClient>
    readonly spott: SimulatedServer<SpottContact>
    readonly connect: SimulatedServer<ConnectContact>
    readonly clnt: SimulatedServer<ClntClient>
  }
  readonly ports: Readonly<Record<ConnectorId, number>>
  readonly save: () => SavedSimulator
  /** Ends every connection, open ones included. */
  readonly close: () => Promise<void>
}

const KEY_PREFIXES: Readonly<Record<ConnectorId, string>> = {
  endors: 'sk_live_',
  'full-engage': 'ba_',
  spott: 'spott_',
  connect: 'secret_',
  clnt: 'key_',
}

/** Starts the five vendors, each as an HTTP server of its own on 127.0.0.1. */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const counts = { ...divideClients(options.clients), ...options.counts }
  const clock = options.clock ?? Date.now
  const seed = hashText(String(options.seed))
  const opened: Server[] = []

  const close = async (): Promise<void> => {
    await Promise.all(opened.map(closeServer))
  }

  const start = async <Row extends JsonRow, Made extends Vendor<Row>>(
    connectorId: ConnectorId,
    create: (setup: VendorSetup) => Made,
  ): Promise<{ readonly server: SimulatedServer<Row>; readonly vendor: Made }> => {
    let baseUrl = ''
    const vendorSeed = mix(seed, hashText(connectorId))
    const key = `${KEY_PREFIXES[connectorId]}${keyText(vendorSeed)}`
    const vendor = create({
      count: counts[connectorId],
      seed: vendorSeed,
      key,
      now: clock,
      startedAt: options.now,
      origin: () => baseUrl,
      saved: options.saved?.[connectorId] ?? null,
      changed: options.changed ?? (() => undefined),
    })
    const faults = createFaultBook()
    const requests = createRequestLog()
    const testimonialsOf = hasTestimonials(vendor) ? vendor.testimonialsOf : null
    const http = createVendorServer({ vendor, faults, requests, now: clock, testimonialsOf })
    opened.push(http)
    const place = CONNECTOR_IDS.indexOf(connectorId)
    const wanted = options.port === undefined ? (options.ports?.[connectorId] ?? 0) : options.port + place
    const port = await listen(http, wanted, options.port === undefined)
    baseUrl = `http://127.0.0.1:${port}`
    const source = { connectorId, name: vendor.name, baseUrl, key, settings: { baseUrl, ...vendor.settings } }
    return { server: { source, table: vendor.table, faults, requests, keyPlace: vendor.keyPlace }, vendor }
  }

  try {
    const endors = await start<EndorsClient, EndorsVendor>('endors', createEndors)
    const fullEngage = await start<FullEngageClient, Vendor<FullEngageClient>>('full-engage', createFullEngage)
    const spott = await start<SpottContact, Vendor<SpottContact>>('spott', createSpott)
    const connect = await start<ConnectContact, Vendor<ConnectContact>>('connect', createConnect)
    const clnt = await start<ClntClient, Vendor<ClntClient>>('clnt', createClnt)
    const { testimonialsOf, setTestimonials } = endors.vendor
    const servers = {
      endors: { ...endors.server, testimonialsOf, setTestimonials },
      'full-engage': fullEngage.server,
      spott: spott.server,
      connect: connect.server,
      clnt: clnt.server,
    }
    const portOf = (id: ConnectorId): number => Number(new URL(servers[id].source.baseUrl).port)
    return {
      sources: CONNECTOR_IDS.map((id) => servers[id].source),
      servers,
      ports: {
        endors: portOf('endors'),
        'full-engage': portOf('full-engage'),
        spott: portOf('spott'),
        connect: portOf('connect'),
        clnt: portOf('clnt'),
      },
      save: () => Object.fromEntries(CONNECTOR_IDS.map((id) => [id, servers[id].table.save()])),
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

function hasTestimonials(vendor: object): vendor is Pick<EndorsVendor, 'testimonialsOf'> {
  return 'testimonialsOf' in vendor
}

function keyText(seed: number): string {
  return [1, 2, 3, 4].map((part) => mix(seed, part).toString(16).padStart(8, '0')).join('')
}

function listen(server: Server, port: number, mayMove: boolean): Promise<number> {
  return new Promise((resolve, reject) => {
    const fail = (error: Error): void => {
      if (mayMove && port !== 0) {
        listen(server, 0, false).then(resolve, reject)
      } else {
        reject(error)
      }
    }
    server.once('error', fail)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', fail)
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : port)
    })
  })
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
