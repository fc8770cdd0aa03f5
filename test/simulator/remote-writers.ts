import type { RunState } from './run-one.ts'
import type { Dice } from './world/dice.ts'
import type { SimVendor } from './world/vendors.ts'

const EDITED: Readonly<Record<SimVendor['id'], readonly string[]>> = {
  'full-engage': ['phone', 'notes'],
  connect: ['note', 'jobTitle'],
  clnt: ['phone', 'first_name'],
  spott: ['firstName'],
  endors: ['notes'],
}

/** Somebody else, straight at a vendor: edits, adds and removes clients there. Values begin with `~`. */
export function actRemotely(state: RunState, dice: Dice): void {
  const { world } = state
  const source = dice.chance(0.7) ? world.vendors.find(({ id }) => id === 'full-engage') : dice.pick(world.vendors)
  const target = source ?? dice.pick(world.vendors)
  if (target === undefined) return
  const { table } = target.vendor
  const rows = table.list()
  const row = dice.pick(dice.chance(0.6) ? [...rows.slice(0, 4), ...rows.slice(-1)] : rows)
  const kind = dice.below(10)
  if (kind < 6 && row !== undefined) {
    const field = dice.pick(EDITED[target.id].filter((name) => name in row))
    if (field === undefined) return
    world.note(`they edit ${field} of ${target.id} ${String(row.id)}`)
    table.update(String(row.id), { [field]: `~${state.step}x${dice.below(100_000)}` })
  } else if (kind < 8) {
    const added = table.insert(target.id === 'full-engage' ? { name: `Theirs${state.step}x${dice.below(1000)}` } : {})
    world.note(`they add ${target.id} ${String(added.id)}`)
  } else if (row !== undefined) {
    world.note(`they remove ${target.id} ${String(row.id)}`)
    table.remove(String(row.id))
  }
}
