import { markText } from '../../domain/highlight.tsx'
import type { RowMatch } from '../../store/store-contract.ts'
import { Tag } from '../../ui/tag.tsx'

/** Width of a tag in px, near enough to know how many fit: 12 px Inter is about 6.4 px a letter. */
function tagWidth(text: string): number {
  return 18 + [...text].length * 6.4
}

/** As many tags as fit into `width` px, then `+2`. The rest is in the tooltip. Tags that a search found stand first. */
export function TagCell(props: {
  readonly tags: readonly string[]
  readonly width: number
  readonly marks?: RowMatch['tags'] | undefined
}) {
  const { marks } = props
  const places = props.tags.map((_, at) => at)
  if (marks !== undefined) places.sort((a, b) => Number(marks[b] !== undefined) - Number(marks[a] !== undefined))
  const tags = places.map((at) => props.tags[at] ?? '')
  let used = 0
  let count = 0
  for (const tag of tags) {
    const rest = tags.length - count - 1
    const needed = used + tagWidth(tag) + (rest > 0 ? 34 : 0)
    if (count > 0 && needed > props.width) break
    used += tagWidth(tag)
    count++
  }
  const hidden = tags.slice(count)
  return (
    <>
      {tags.slice(0, count).map((tag, at) => (
        <Tag key={tag} title={tag}>
          {markText(tag, marks?.[places[at] ?? at])}
        </Tag>
      ))}
      {hidden.length > 0 && <Tag title={hidden.join(', ')}>+{hidden.length}</Tag>}
    </>
  )
}
