import type { HostFetch } from '../../electron/host/host.ts'
import { createNodeFetch } from '../../electron/host/node/node-fetch.ts'

/** The production transport of the Node host: what connectors are tested over is what ships. */
export function testCreateFetch(): HostFetch {
  return createNodeFetch()
}
