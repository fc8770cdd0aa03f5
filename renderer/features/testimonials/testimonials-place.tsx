import { Menu } from '@mantine/core'
import { IconCheck, IconQuote, IconStar } from '@tabler/icons-react'
import { type ReactNode, useCallback, useState } from 'react'
import { useStoreQuery } from '../../bridge/use-store-query.ts'
import { sourceColor } from '../../domain/source-color.ts'
import { THIS_DEVICE } from '../../domain/source-label.tsx'
import { openAddSource } from '../../state/dialogs.ts'
import { useManifests, useNetwork, useSources } from '../../state/host-state.ts'
import { errorText } from '../../text/error-text.ts'
import { formatNumber } from '../../text/format.ts'
import { NAMES } from '../../text/names.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Place } from '../../ui/place.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { ColorSquare } from '../../ui/source-square.tsx'
import { useNow } from '../../ui/use-now.ts'
import { coverageText, fromText } from './reading-text.ts'
import { TestimonialWall } from './testimonial-wall.tsx'
import classes from './testimonials.module.css'

type Kind = 'all' | 'video' | 'text'

/** Asked for at first, and added when the end comes near. */
const PAGE = 60

const RATINGS = [0, 5, 4, 3, 2] as const

export function TestimonialsPlace(): ReactNode {
  const now = useNow()
  const [kind, setKind] = useState<Kind>('all')
  const [minRating, setMinRating] = useState(0)
  const [limit, setLimit] = useState(PAGE)
  const sources = useSources()
  const manifests = useManifests()
  const network = useNetwork()
  const { data, error } = useStoreQuery('testimonials.list', { kind, minRating, offset: 0, limit }, [
    'testimonials',
    'sources',
  ])
  const loaded = data?.items.length ?? 0
  const onNeedMore = useCallback(() => setLimit((current) => Math.max(current, loaded + PAGE)), [loaded])

  const able = sources.filter(
    (source) => manifests.find((manifest) => manifest.connectorId === source.connectorId)?.testimonials === true,
  )
  const reading = coverageText(data?.coverage ?? null, able, !network.online || network.workOffline)
  const first = able[0]

  return (
    <Place
      title={NAMES.testimonials}
      count={data === null || data.counts.all === 0 ? undefined : formatNumber(data.total)}
      ruled
      controls={
        data !== null &&
        data.counts.all > 0 && (
          <>
            <Segmented<Kind>
              label="Kind"
              value={kind}
              segments={[
                { value: 'all', label: 'All' },
                { value: 'video', label: 'Video', count: formatNumber(data.counts.video) },
                { value: 'text', label: 'Text', count: formatNumber(data.counts.text) },
              ]}
              onChange={(next) => {
                setLimit(PAGE)
                setKind(next)
              }}
            />
            <RatingFilter
              value={minRating}
              onChange={(next) => {
                setLimit(PAGE)
                setMinRating(next)
              }}
            />
          </>
        )
      }
      actions={
        data !== null &&
        first !== undefined &&
        data.counts.all > 0 && (
          <>
            <span className={classes.from}>
              <ColorSquare color={sourceColor(first.connectorId)} />
              <span title={reading ?? undefined}>{fromText(able, data.readAt, now, reading)}</span>
            </span>
            <span className={classes.order}>Newest first</span>
          </>
        )
      }
      banners={
        error !== null && (
          <Banner tone="danger" role="alert" lead={errorText(error, { sourceName: THIS_DEVICE }).title}>
            {errorText(error, { sourceName: THIS_DEVICE }).text}
          </Banner>
        )
      }
    >
      {data !== null && data.items.length > 0 && (
        <TestimonialWall
          key={`${kind} ${minRating}`}
          items={data.items}
          total={data.total}
          now={now}
          onNeedMore={onNeedMore}
        />
      )}
      {data !== null && data.items.length === 0 && (
        <div className={classes.empty}>
          <Nothing
            filtered={data.counts.all > 0}
            hasSource={first !== undefined}
            reading={reading}
            onShowAll={() => {
              setKind('all')
              setMinRating(0)
            }}
          />
        </div>
      )}
    </Place>
  )
}

function Nothing(props: {
  readonly filtered: boolean
  readonly hasSource: boolean
  readonly reading: string | null
  readonly onShowAll: () => void
}): ReactNode {
  const icon = <IconQuote size={20} stroke={1.5} aria-hidden="true" />
  if (props.filtered) {
    return (
      <EmptyState
        icon={icon}
        lead="No testimonial matches"
        action={<Button onClick={props.onShowAll}>Show all</Button>}
      >
        There are testimonials of another kind or rating.
      </EmptyState>
    )
  }
  if (!props.hasSource) {
    return (
      <EmptyState
        icon={icon}
        lead="No source of testimonials"
        action={<Button onClick={openAddSource}>{NAMES.addSource}</Button>}
      >
        Endors collects testimonials, as video and as text. Add it as a source to see them here.
      </EmptyState>
    )
  }
  return (
    <EmptyState icon={icon} lead="No testimonials yet">
      {props.reading ?? 'Every client has been read, and none has a testimonial.'}
    </EmptyState>
  )
}

function RatingFilter(props: { readonly value: number; readonly onChange: (value: number) => void }): ReactNode {
  return (
    // The placeholder is a focusable element without a role of a menu's child, which axe refuses.
    <Menu position="bottom-start" width={176} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <Button variant="quiet" icon={<IconStar size={16} aria-hidden="true" />}>
          {ratingLabel(props.value)}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.RadioGroup value={String(props.value)} onChange={(value) => props.onChange(Number(value))}>
          {RATINGS.map((rating) => (
            <Menu.RadioItem
              key={rating}
              value={String(rating)}
              closeMenuOnClick
              checkIcon={<IconCheck size={14} aria-hidden="true" />}
            >
              {ratingLabel(rating)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  )
}

function ratingLabel(rating: number): string {
  if (rating === 0) return 'Any rating'
  return rating === 5 ? '5 stars' : `${rating} stars or more`
}
