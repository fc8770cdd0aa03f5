import { parseArgs } from 'node:util'
import { defaultProfileFolder } from '../profile-folder.ts'

/** The port is fixed, so that the browser finds its own store again at the next start. */
export const DEFAULT_PORT = 47615

export interface ServerFlags {
  readonly port: number
  readonly profileFolder: string
  readonly opensBrowser: boolean
}

/** Returns a sentence where the flags make no sense. */
export function parseServerFlags(args: readonly string[]): ServerFlags | string {
  let values: { port?: string; profile?: string; 'no-open'?: boolean; browser?: boolean }
  try {
    values = parseArgs({
      args: [...args],
      options: {
        port: { type: 'string' },
        profile: { type: 'string' },
        'no-open': { type: 'boolean' },
        browser: { type: 'boolean' },
      },
    }).values
  } catch (cause) {
    return cause instanceof Error ? (cause.message.split('.')[0] ?? cause.message) : String(cause)
  }
  const port = values.port === undefined ? DEFAULT_PORT : Number(values.port)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) return `--port needs a number from 0 to 65535`
  return {
    port,
    profileFolder: values.profile ?? defaultProfileFolder(),
    opensBrowser: values['no-open'] !== true,
  }
}
