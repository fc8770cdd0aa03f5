import { Tooltip } from '@mantine/core'
import { useCounts } from '../bridge/use-counts.ts'
import { useMediaNarrow } from '../state/layout.ts'
import { addressOf, useRoute } from '../state/route.ts'
import { formatNumber } from '../text/format.ts'
import { NAMES } from '../text/names.ts'
import { cx } from '../ui/cx.ts'
import { BrandMark } from './brand-mark.tsx'
import { PLACES, type PlaceEntry } from './places.tsx'
import styles from './shell.module.css'
import { SidebarFoot } from './sidebar-foot.tsx'

/** Views within another place have no link of their own. */
const LINKS = PLACES.filter((entry) => entry.within === undefined)

/** Sidebar of 208, or a rail of 48 below 1080. Counts stand beside the links, outside their names. */
export function Navigation() {
  return (
    <aside className={styles.side}>
      <div className={styles.brand}>
        <BrandMark />
        <span className={styles.brandName}>Clientele</span>
      </div>
      <nav aria-label={NAMES.mainNavigation} className={styles.nav}>
        {LINKS.map((entry, index) => {
          const before = LINKS[index - 1]
          return (
            <NavigationItem
              key={entry.place}
              entry={entry}
              apart={entry.group === 4 ? 'spring' : before !== undefined && before.group !== entry.group ? 'gap' : null}
            />
          )
        })}
      </nav>
      <SidebarFoot />
    </aside>
  )
}

function NavigationItem(props: { readonly entry: PlaceEntry; readonly apart: 'gap' | 'spring' | null }) {
  const { entry, apart } = props
  const { place } = useRoute()
  const within = PLACES.find((each) => each.place === place)?.within
  const current = place === entry.place || within === entry.place
  const narrow = useMediaNarrow()
  const counts = useCounts()
  const count =
    entry.place === 'clients'
      ? (counts?.clients ?? 0)
      : entry.place === 'queue'
        ? (counts?.edits ?? 0)
        : entry.place === 'conflicts'
          ? (counts?.conflicts ?? 0)
          : 0
  const urgent = entry.place === 'queue' && (counts?.needsAttention ?? 0) > 0
  return (
    <>
      {apart === 'gap' && <div className={styles.gap} />}
      {apart === 'spring' && <div className="spring" />}
      <div className={cx(styles.item, current && styles.current)}>
        <Tooltip label={entry.label} position="right" disabled={!narrow}>
          <a
            className={styles.link}
            href={addressOf(entry.place)}
            aria-current={current ? (within === undefined ? 'page' : 'true') : undefined}
          >
            <entry.icon size={16} aria-hidden />
            <span className={styles.label}>{entry.label}</span>
          </a>
        </Tooltip>
        {count > 0 && (
          <span
            className={cx(
              styles.count,
              entry.place === 'clients' && styles.clientsCount,
              entry.place === 'conflicts' && styles.countWarning,
              urgent && styles.countDanger,
            )}
          >
            {formatNumber(count)}
          </span>
        )}
      </div>
    </>
  )
}
