import type { SavedPart, SavedParts } from '../../saved/saved-part.ts'
import { describeSegment, type SavedSegment } from './save-segment.ts'
import type { Segment } from './segment.ts'

const FORMAT = 1
const PART = 'search/manifest'

export interface Manifest {
  readonly format: number
  readonly nextId: number
  readonly segments: readonly SavedSegment[]
}

export function writeManifest(segments: readonly Segment[], nextId: number, version: number): SavedPart {
  const manifest: Manifest = { format: FORMAT, nextId, segments: segments.map(describeSegment) }
  return { id: PART, version, bytes: () => new TextEncoder().encode(JSON.stringify(manifest)) }
}

/** Null for what is missing, damaged or of another format. */
export function readManifest(parts: SavedParts): Manifest | null {
  const bytes = parts.get(PART)
  if (bytes === undefined) return null
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes))
    return isManifest(value) ? value : null
  } catch {
    return null
  }
}

function isManifest(value: unknown): value is Manifest {
  if (!isObject(value) || value.format !== FORMAT || !isCount(value.nextId)) return false
  return Array.isArray(value.segments) && value.segments.every(isSavedSegment)
}

function isSavedSegment(value: unknown): value is SavedSegment {
  if (!isObject(value)) return false
  const { id, size, terms, asciiTerms, grams, shortestPhone, deadCount } = value
  return [id, size, terms, asciiTerms, grams, shortestPhone, deadCount].every(isCount)
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0
}
