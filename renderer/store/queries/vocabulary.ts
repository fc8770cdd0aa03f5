import type { SourceId } from '../../../shared/ids.ts'
import { statusOptionsOf } from '../projection/client-row.ts'
import { statusView } from '../projection/status-view.ts'
import type { StoreContext } from '../store-context.ts'
import type { StatusView, Vocabulary } from '../store-contract.ts'

const MOST_TAGS = 300

/** The values that filters may name, most frequent first. */
export function vocabulary({ book, view }: StoreContext): Vocabulary {
  const { words } = view
  const statuses = new Map<string, { status: StatusView; count: number }>()
  const sources = new Map<SourceId | null, number>()
  for (const [kind, { sourceId, here, status }] of words.kinds().entries()) {
    const count = words.linesOfKind(kind)
    if (count === 0) continue
    const source = here ? null : sourceId
    sources.set(source, (sources.get(source) ?? 0) + count)
    if (status === null) continue
    const shown = statusView(status, statusOptionsOf(book, sourceId))
    const known = statuses.get(shown.label)
    if (known === undefined) statuses.set(shown.label, { status: shown, count })
    else known.count += count
  }
  const lines = words.linesOfTags()
  const tags = words
    .tags()
    .map((tag, i) => ({ tag, count: lines[i] ?? 0 }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count || (a.tag < b.tag ? -1 : 1))
  return {
    statuses: [...statuses.values()].sort((a, b) => b.count - a.count),
    sources: [...sources].map(([sourceId, count]) => ({ sourceId, count })).sort((a, b) => b.count - a.count),
    tags: tags.slice(0, MOST_TAGS),
    moreTags: tags.length > MOST_TAGS,
  }
}
