import type { JsonValue } from '../../../shared/json.ts'
import { labelOfKey, readableText } from '../../../shared/model/readable-text.ts'
import type { ExtraField } from '../../../shared/model/record.ts'
import { cutExtra } from '../../../shared/model/record-body.ts'

const MAX_EXTRAS = 200

/** Collects what is shown under "Other fields". Keeps the limits of the record's schema, and says where it cut. */
export interface ExtraFields {
  /** `key` is the value's path in the vendor's record. A value that is absent is left out; null is kept as null. */
  readonly add: (
    key: string,
    value: JsonValue | undefined,
    options?: { readonly label?: string; readonly filledBy?: ExtraField['filledBy'] },
  ) => void
  readonly list: () => readonly ExtraField[]
}

export function createExtraFields(): ExtraFields {
  const extras: ExtraField[] = []
  const keys = new Set<string>()
  let left = 0

  const uniqueKey = (wanted: string): string => {
    const key = wanted === '' ? '-' : wanted.slice(0, 190)
    if (!keys.has(key)) return key
    let n = 2
    while (keys.has(`${key}#${n}`)) n++
    return `${key}#${n}`
  }

  return {
    add: (wanted, value, options) => {
      if (value === undefined) return
      // One place is kept for the sentence about the rest.
      if (extras.length >= MAX_EXTRAS - 1) {
        left++
        return
      }
      const key = uniqueKey(wanted)
      keys.add(key)
      extras.push({
        key,
        label: (options?.label ?? labelOfKey(wanted)).slice(0, 200),
        value: cutExtra(readableText(value)),
        filledBy: options?.filledBy ?? null,
      })
    },
    list: () =>
      left === 0
        ? extras
        : [...extras, { key: '…', label: 'More fields', value: `${left} more in the original record`, filledBy: null }],
  }
}

/** Every member of the vendor's record that no one has read. */
export function addUnknownMembers(extras: ExtraFields, raw: JsonValue, known: ReadonlySet<string>): void {
  if (raw === null || typeof raw !== 'object' || Array.isArray(raw)) return
  for (const [name, value] of Object.entries(raw)) {
    if (!known.has(name)) extras.add(name, value)
  }
}
