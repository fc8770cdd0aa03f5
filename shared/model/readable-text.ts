import type { JsonValue } from '../json.ts'

const MAX_DEPTH = 4

/** Any JSON value as text for a person: lists with commas, objects as "Name: value". Null and nothing are null. */
export function readableText(value: JsonValue | undefined, depth = 0): string | null {
  if (value === undefined || value === null) return null
  if (typeof value === 'string') return value
  if (typeof value === 'boolean') return value ? 'Yes' : 'No'
  if (typeof value === 'number') return String(value)
  if (depth >= MAX_DEPTH) return '…'
  if (Array.isArray(value)) {
    const parts = value.map((item: JsonValue) => readableText(item, depth + 1)).filter((part) => part !== null)
    return parts.join(parts.some((part) => part.includes(',')) ? '; ' : ', ')
  }
  const parts: string[] = []
  for (const [name, member] of Object.entries(value)) {
    const text = readableText(member, depth + 1)
    if (text !== null && text !== '') parts.push(`${labelOfKey(name)}: ${text}`)
  }
  return parts.join('; ')
}

/** `last_activity_at`, `lastActivityAt` → "Last activity at". */
export function labelOfKey(key: string): string {
  const known = labels.get(key)
  if (known !== undefined) return known
  const label = makeLabel(key)
  if (labels.size < MAX_LABELS) labels.set(key, label)
  return label
}

/** The same few keys come with every record of a sweep. Bounded, because vendors choose them. */
const labels = new Map<string, string>()
const MAX_LABELS = 1000

function makeLabel(key: string): string {
  const words = key
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[_\-.\s]+/g, ' ')
    .trim()
  if (words === '') return key
  const lower = words
    .split(' ')
    .map((word) => (/^[A-Z0-9]{2,}$/.test(word) ? word : word.toLowerCase()))
    .join(' ')
  return lower.charAt(0).toUpperCase() + lower.slice(1)
}
