import type { PushDeps, Pushed, TakenEdit } from './push-context.ts'
import { pushCreate } from './push-create.ts'
import { pushDelete } from './push-delete.ts'
import { pushUpdate } from './push-update.ts'

/** Sends one edit, reading before it writes wherever the vendor lets us read. Never throws for what a vendor does. */
export async function pushOne(deps: PushDeps, taken: TakenEdit): Promise<Pushed> {
  switch (taken.edit.operation) {
    case 'create':
      return pushCreate(deps, taken)
    case 'update':
      return pushUpdate(deps, taken)
    case 'delete':
      return pushDelete(deps, taken)
  }
}
