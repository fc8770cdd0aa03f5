import type { SourceValues } from '../page-models/add-source-dialog.ts'
import type { Ui } from '../page-models/ui.ts'
import type { Clnt } from '../vendors/clnt.ts'
import type { Connect } from '../vendors/connect.ts'
import type { Endors } from '../vendors/endors.ts'
import type { FullEngage } from '../vendors/full-engage.ts'
import type { Spott } from '../vendors/spott.ts'

export function fullEngageSource({ origin, key }: FullEngage): SourceValues {
  return { connector: 'Full Engage', baseUrl: origin, key }
}

export function endorsSource({ origin, key, spaceId }: Endors): SourceValues {
  return { connector: 'Endors', baseUrl: origin, key, spaceId }
}

export function spottSource({ origin, key }: Spott): SourceValues {
  return { connector: 'Spott', baseUrl: origin, key }
}

export function connectSource({ origin, key }: Connect): SourceValues {
  return { connector: 'Connect', baseUrl: origin, key }
}

export function clntSource({ origin, key }: Clnt): SourceValues {
  return { connector: 'Clients v1', baseUrl: origin, key }
}

/** Adds a source and waits at `Sources` until all of it is here. */
export async function addAndWait(ui: Ui, values: SourceValues): Promise<void> {
  await ui.addSource.add(values)
  await ui.shell.goTo('Sources')
  await ui.sources.expectState(values.name ?? values.connector, 'Up to date')
}

/** Adds a source, waits until all of it is here, and goes to `Clients`. */
export async function addAndBrowse(ui: Ui, values: SourceValues, clients: number): Promise<void> {
  await addAndWait(ui, values)
  await ui.shell.goTo('Clients')
  await ui.grid.expectCount(clients)
}
