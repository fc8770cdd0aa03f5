import type { Page } from '@playwright/test'
import { AddSourceDialog } from './add-source-dialog.ts'
import { ClientDetails } from './client-details.ts'
import { ClientForm } from './client-form.ts'
import { ClientGrid } from './client-grid.ts'
import { ConflictsPlace } from './conflicts-place.ts'
import { ImportDialog } from './import-dialog.ts'
import { QueuePlace } from './queue-place.ts'
import { SettingsPlace } from './settings-place.ts'
import { Shell } from './shell.ts'
import { SourcesPlace } from './sources-place.ts'
import { TrayPlace } from './tray-place.ts'

/** The interface as UI-CONTRACT.md names it. Each model finds things by role and name only. */
export interface Ui {
  readonly page: Page
  readonly shell: Shell
  readonly grid: ClientGrid
  readonly details: ClientDetails
  readonly newClient: ClientForm
  readonly sources: SourcesPlace
  readonly addSource: AddSourceDialog
  readonly queue: QueuePlace
  readonly conflicts: ConflictsPlace
  readonly tray: TrayPlace
  readonly settings: SettingsPlace
  readonly importClients: ImportDialog
}

/** `page` is asked each time, because a restart of the app may bring another page. */
export function createUi(page: () => Page): Ui {
  return {
    get page() {
      return page()
    },
    get shell() {
      return new Shell(page())
    },
    get grid() {
      return new ClientGrid(page())
    },
    get details() {
      return new ClientDetails(page())
    },
    get newClient() {
      return new ClientForm(page().getByRole('dialog', { name: 'New client', exact: true }))
    },
    get sources() {
      return new SourcesPlace(page())
    },
    get addSource() {
      return new AddSourceDialog(page())
    },
    get queue() {
      return new QueuePlace(page())
    },
    get conflicts() {
      return new ConflictsPlace(page())
    },
    get tray() {
      return new TrayPlace(page())
    },
    get settings() {
      return new SettingsPlace(page())
    },
    get importClients() {
      return new ImportDialog(page())
    },
  }
}
