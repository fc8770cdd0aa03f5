import { IconDatabaseX, IconPlus } from '@tabler/icons-react'
import { type CSSProperties, memo, useEffect, useRef, useState } from 'react'
import type { ClientId } from '../../../shared/ids.ts'
import { THIS_DEVICE } from '../../domain/source-label.tsx'
import { setSort, useClientList } from '../../state/client-list.ts'
import { openNewClient } from '../../state/dialogs.ts'
import { useSettings } from '../../state/host-state.ts'
import { useLayout, useMediaNarrow } from '../../state/layout.ts'
import { currentRoute, navigate, useRoute } from '../../state/route.ts'
import { errorText } from '../../text/error-text.ts'
import { atLeast, formatNumber } from '../../text/format.ts'
import { NAMES } from '../../text/names.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { useLate } from '../../ui/skeleton.tsx'
import { ClientDetails } from './client-details.tsx'
import { ClientGrid } from './client-grid.tsx'
import type { ClientWindow, WindowState } from './client-window.ts'
import styles from './clients.module.css'
import { ClientsFoot } from './clients-foot.tsx'
import { paneWidth } from './columns.ts'
import { DensityMenu } from './density-menu.tsx'
import { DropHint, useFileDrop } from './file-drop.tsx'
import { FilterMenu } from './filter-menu.tsx'
import { NoClients } from './no-clients.tsx'
import { countSelected } from './row-selection.ts'
import { SelectionBar } from './selection-bar.tsx'
import { useClientWindow, useWindowValue } from './use-client-window.ts'
import { useRowSelection } from './use-row-selection.ts'

/** The list of clients with its pane. */
export function ClientsPlace() {
  const sort = useClientList((list) => list.sort)
  const window = useClientWindow()
  const [selection, selected] = useRowSelection(window)
  const error = useWindowValue(window, (state) => state.error)
  const query = useWindowValue(window, (state) => state.query)
  const total = useWindowValue(window, (state) => state.total)
  const isTotalKnown = useWindowValue(window, (state) => state.isTotalKnown)
  const all = useWindowValue(window, (state) => state.all)
  const { clientId } = useRoute()
  const { density } = useSettings()
  const narrow = useMediaNarrow()
  const wished = useLayout((layout) => layout.paneWidth)
  const [placeWidth, place] = usePlaceWidth()
  const late = useLate(query === null)
  const focusPane = useRef(false)
  const width = paneWidth(placeWidth, wished ?? undefined)
  const searching = (query?.text ?? '') !== ''
  const count = countSelected(selected, total)
  const [previousId, nextId] = useNeighbours(window, clientId)
  const drop = useFileDrop()

  const open = (id: ClientId, how: 'press' | 'enter' | 'move'): void => {
    focusPane.current = how === 'enter'
    navigate('clients', id, { replace: how === 'move' || currentRoute().clientId !== null })
  }
  const step = (to: ClientId | null): (() => void) | null => (to === null ? null : () => open(to, 'move'))

  const close = (): void => {
    navigate('clients')
    if (clientId !== null) focusOpenRow(clientId)
  }

  const style: CSSProperties & { '--pane-width': string } = { '--pane-width': `${width}px` }
  return (
    <div
      ref={place}
      className={styles.split}
      data-pane={clientId !== null && !narrow ? 'beside' : undefined}
      style={style}
    >
      <section className={styles.list} aria-label="List of clients" {...drop.handlers}>
        {drop.over && <DropHint />}
        {count > 0 && query !== null && (
          <SelectionBar selection={selection} selected={selected} count={count} total={total} query={query} />
        )}
        <div className={styles.toolbar} hidden={count > 0}>
          <h1 className={styles.title}>{NAMES.clients}</h1>
          <span className={styles.count} aria-live="polite">
            {query !== null &&
              (searching ? `${atLeast(total, isTotalKnown)} of ${formatNumber(all)}` : formatNumber(total))}
          </span>
          <ToolbarActions />
        </div>
        <div className={styles.banner}>
          {error !== null && (
            <Banner
              tone="danger"
              icon={<IconDatabaseX size={16} aria-hidden />}
              lead={errorText(error, { sourceName: THIS_DEVICE }).title}
              role="alert"
            >
              {errorText(error, { sourceName: THIS_DEVICE }).text}
            </Banner>
          )}
        </div>
        <div className={styles.gridBox}>
          <ClientGrid
            window={window}
            selection={selection}
            selected={selected}
            sort={sort}
            onSort={setSort}
            openId={clientId}
            onOpen={open}
            onClose={close}
            placeWidth={placeWidth}
            comfortable={density === 'comfortable'}
            showSkeleton={late}
          />
          {query !== null && total === 0 && (
            <div className={styles.none}>
              <NoClients text={query.text} all={all} />
            </div>
          )}
        </div>
        <ClientsFoot window={window} />
      </section>
      {clientId !== null && (
        <ClientDetails
          key="details"
          clientId={clientId}
          className={narrow ? styles.over : undefined}
          width={width}
          takeFocus={focusPane}
          onPrevious={step(previousId)}
          onNext={step(nextId)}
          onClose={close}
        />
      )}
    </div>
  )
}

/** Nothing of it changes with what is typed. */
const ToolbarActions = memo(function ToolbarActions() {
  return (
    <>
      <FilterMenu />
      <span className="spring" />
      <DensityMenu />
      <Button variant="primary" icon={<IconPlus size={16} aria-hidden />} onClick={() => openNewClient()}>
        {NAMES.newClient}
      </Button>
    </>
  )
})

function focusOpenRow(clientId: ClientId): void {
  requestAnimationFrame(() => {
    const row = document.querySelector(`[data-client-id="${clientId}"]`)
    row?.querySelector<HTMLElement>('[tabindex="0"], [data-column="0"]')?.focus({ preventScroll: true })
  })
}

/** The clients before and behind the open one, as far as they have been read. */
function useNeighbours(
  window: ClientWindow,
  clientId: ClientId | null,
): readonly [previous: ClientId | null, next: ClientId | null] {
  const last = useRef(0)
  const beside = (by: number) => (state: WindowState) => {
    const index = clientId === null ? null : indexNear(state, clientId, last.current)
    if (index === null) return null
    last.current = index
    return state.rowAt(index + by)?.clientId ?? null
  }
  return [useWindowValue(window, beside(-1)), useWindowValue(window, beside(1))]
}

function indexNear(state: WindowState, clientId: ClientId, near: number): number | null {
  for (let distance = 0; distance < 400; distance++) {
    for (const index of [near + distance, near - distance]) {
      if (index >= 0 && index < state.total && state.rowAt(index)?.clientId === clientId) return index
    }
  }
  return null
}

function usePlaceWidth(): readonly [number, (element: HTMLElement | null) => void] {
  const [width, setWidth] = useState(() => Math.max(600, document.documentElement.clientWidth - 208))
  const [element, setElement] = useState<HTMLElement | null>(null)
  useEffect(() => {
    if (element === null) return
    const observer = new ResizeObserver(([entry]) => {
      if (entry !== undefined) setWidth(Math.round(entry.contentRect.width))
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [element])
  return [width, setElement]
}
