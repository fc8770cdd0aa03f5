import type { SimulatedSource, Simulator } from '../../electron/simulator/start-simulator.ts'
import type { ConnectorLabel, SourceValues } from '../e2e/page-models/add-source-dialog.ts'
import type { Ui } from '../e2e/page-models/ui.ts'

const LABELS: Readonly<Record<SimulatedSource['connectorId'], ConnectorLabel>> = {
  endors: 'Endors',
  'full-engage': 'Full Engage',
  spott: 'Spott',
  connect: 'Connect',
  clnt: 'Clients v1',
}

export function valuesOf({ connectorId, baseUrl, key, settings }: SimulatedSource): SourceValues {
  return {
    connector: LABELS[connectorId],
    name: LABELS[connectorId],
    baseUrl,
    key,
    ...(typeof settings.spaceId === 'string' ? { spaceId: settings.spaceId } : {}),
    ...(connectorId === 'clnt' ? { includeSensitive: true } : {}),
  }
}

/** Adds all five simulated vendors and waits at `Sources`. */
export async function addSimulated(ui: Ui, simulator: Simulator): Promise<void> {
  for (const source of simulator.sources) {
    await ui.addSource.add(valuesOf(source))
    await ui.shell.goTo('Sources')
    await ui.sources.expectState(LABELS[source.connectorId], 'Up to date', { timeout: 90_000 })
  }
}
