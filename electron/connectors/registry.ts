import { createClntConnector } from './clnt/connector.ts'
import { createConnectConnector } from './connect/connector.ts'
import type { Connector } from './connector.ts'
import { createCustomConnector } from './custom/connector.ts'
import { createEndorsConnector } from './endors/connector.ts'
import { createFullEngageConnector } from './full-engage/connector.ts'
import { createSpottConnector } from './spott/connector.ts'

/** Every connector there is, in the order in which "Add source" offers them. The only list of them. */
export function createConnectors(): readonly Connector[] {
  return [
    createEndorsConnector(),
    createFullEngageConnector(),
    createSpottConnector(),
    createConnectConnector(),
    createClntConnector(),
    createCustomConnector(),
  ]
}
