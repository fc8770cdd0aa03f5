import type { FieldPath } from '../../../shared/connector/custom-definition.ts'
import type { JsonValue } from '../../../shared/json.ts'
import type { ExtraFields } from '../reading/extra-fields.ts'

/**
 * What stands at a path. Undefined: nothing is said there. A null on the way is a null at its end: where there is no
 * company, its name is empty and not unknown. Only own members are seen, so no path leads out of the data.
 */
export function valueAt(value: JsonValue, path: FieldPath): JsonValue | undefined {
  let current: JsonValue | undefined = value
  for (const step of path) {
    if (current === null) return null
    current = memberAt(current, step)
    if (current === undefined) return undefined
  }
  return current
}

/** As shown in an error: `company.name`. */
export function pathText(path: FieldPath): string {
  return path.join('.')
}

/** Every value of a record that no path has read, with its place as key. */
export function addUnmapped(extras: ExtraFields, raw: JsonValue, read: readonly FieldPath[], at = ''): void {
  if (raw === null || typeof raw !== 'object' || Array.isArray(raw)) return
  for (const [name, value] of Object.entries(raw)) {
    const paths = read.filter((path) => path[0] === name)
    if (paths.some((path) => path.length === 1)) continue
    const inside = paths.map((path) => path.slice(1))
    const isObject = value !== null && typeof value === 'object' && !Array.isArray(value)
    if (inside.length > 0 && isObject) addUnmapped(extras, value, inside, `${at}${name}.`)
    else extras.add(at + name, value)
  }
}

function memberAt(value: JsonValue | undefined, step: string): JsonValue | undefined {
  if (value === null || typeof value !== 'object') return undefined
  if (Array.isArray(value)) return /^\d{1,6}$/.test(step) ? value[Number(step)] : undefined
  return Object.getOwnPropertyDescriptor(value, step)?.value
}
