import { CONNECTOR_IDS, type ConnectorId } from './divide-clients.ts'

export interface SimulateFlags {
  readonly clients: number
  readonly seed: string
  readonly port: number | null
  readonly counts: Readonly<Partial<Record<ConnectorId, number>>>
}

export const SIMULATE_USAGE =
  'Usage: npm run simulate -- [--clients N] [--seed S] [--port-base P] [--endors N] [--full-engage N] [--spott N] [--connect N] [--clnt N]'

const DEFAULT_CLIENTS = 1024
const MAX_CLIENTS = 10_000_000

/** The flags of `npm run simulate`, or a sentence that says which one is wrong. `--flag value` and `--flag=value`. */
export function readSimulateFlags(argv: readonly string[]): SimulateFlags | string {
  const words = argv.flatMap((word) =>
    /^--[a-z-]+=/.test(word) ? [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)] : [word],
  )
  let clients = DEFAULT_CLIENTS
  let seed = '1'
  let port: number | null = null
  const counts: Partial<Record<ConnectorId, number>> = {}
  for (let index = 0; index < words.length; index += 2) {
    const name = words[index] ?? ''
    const value = words[index + 1]
    const connectorId = CONNECTOR_IDS.find((id) => `--${id}` === name)
    if (!['--clients', '--seed', '--port-base'].includes(name) && connectorId === undefined) {
      return `Unknown flag ${name}. ${SIMULATE_USAGE}`
    }
    if (value === undefined) {
      return `${name} needs a value. ${SIMULATE_USAGE}`
    }
    if (name === '--seed') {
      seed = value
      continue
    }
    const number = Number(value)
    const max = name === '--port-base' ? 65_531 : MAX_CLIENTS
    if (!/^\d+$/.test(value) || number > max || (name === '--port-base' && number < 1)) {
      return `${name} needs a whole number up to ${max}. ${SIMULATE_USAGE}`
    }
    if (connectorId !== undefined) {
      counts[connectorId] = number
    } else if (name === '--port-base') {
      port = number
    } else {
      clients = number
    }
  }
  return { clients, seed, port, counts }
}
