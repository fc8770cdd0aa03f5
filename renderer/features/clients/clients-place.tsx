import { IconDatabaseX, IconPlus } from '@tabler/icons-react'
import { type CSSProperties, useEffect, useRef, useState } from 'react'
import type { ClientId } from '../../../shared/ids.ts'
import { THIS_DEVICE } from '../../domain/source-label.tsx'
import { searchTextOf, setSort, useClientList } from '../../state/client-list.ts'
import { openNewClient } from '../../state/dialogs.ts'
import { useSettings } from '../../state/host-state.ts'
import { useLayout, useMediaNarrow } from '../../state/layout.ts'
import { currentRoute, navigate, useRoute } from '../../state/route.ts'
import { errorText } from '../../text/error-text.ts'
import { formatNumber } from '../../text/format.ts'
import { NAMES } from '../../text/names.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { useLate } from '../../ui/skeleton.tsx'
import { ClientDetails } from './client-details.tsx'
import { ClientGrid } from './client-grid.tsx'
import styles from './clients.module.css'
import { ClientsFoot } from './clients-foot.tsx'
import { paneWidth } from './columns.ts'
import { DensityMenu } from './density-menu.tsx'
import { DropHint, useFileDrop } from './file-drop.tsx'
import { FilterMenu } from './filter-menu.tsx'
import { NoClients } from './no-clients.tsx'
import { useClientWindow } from './use-client-window.ts'

/** The list of clients with its pane. */
export function ClientsPlace() {
  const text = useClientList(searchTextOf)
  const sort = useClientList((list) => list.sort)
  const { window, state } = useClientWindow(text, sort)
  const { clientId } = useRoute()
  const { density } = useSettings()
  const narrow = useMediaNarrow()
  const wished = useLayout((layout) => layout.paneWidth)
  const [placeWidth, place] = usePlaceWidth()
  const late = useLate(state.query === null)
  const focusPane = useRef(false)
  const width = paneWidth(placeWidth, wished ?? undefined)
  const searching = (state.query?.text ?? '') !== ''
  const index = useOpenIndex(state, clientId)
  const drop = useFileDrop()

  const open = (id: ClientId, how: 'press' | 'enter' | 'move'): void => {
    focusPane.current = how === 'enter'
    navigate('clients', id, { replace: how === 'move' || currentRoute().clientId !== null })
  }
  const step = (by: number): (() => void) | null => {
    const next = index === null ? null : state.rowAt(index + by)
    return next === null ? null : () => open(next.clientId, 'move')
  }

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
        <div className={styles.toolbar}>
          <h1 className={styles.title}>{NAMES.clients}</h1>
          <span className={styles.count} aria-live="polite">
            {state.query === null
              ? ''
              : searching
                ? `${formatNumber(state.total)} of ${formatNumber(state.all)}`
                : formatNumber(state.total)}
          </span>
          <FilterMenu />
          <span className="spring" />
          <DensityMenu />
          <Button variant="primary" icon={<IconPlus size={16} aria-hidden />} onClick={() => openNewClient()}>
            {NAMES.newClient}
          </Button>
        </div>
        <div className={styles.banner}>
          {state.error !== null && (
            <Banner
              tone="danger"
              icon={<IconDatabaseX size={16} aria-hidden />}
              lead={errorText(state.error, { sourceName: THIS_DEVICE }).title}
              role="alert"
            >
              {errorText(state.error, { sourceName: THIS_DEVICE }).text}
            </Banner>
          )}
        </div>
        <div className={styles.gridBox}>
          <ClientGrid
            window={window}
            state={state}
            sort={sort}
            onSort={setSort}
            openId={clientId}
            onOpen={open}
            onClose={close}
            placeWidth={placeWidth}
            comfortable={density === 'comfortable'}
            showSkeleton={late}
          />
          {state.query !== null && state.total === 0 && (
            <div className={styles.none}>
              <NoClients text={state.query.text} all={state.all} />
            </div>
          )}
        </div>
        <ClientsFoot state={state} />
      </section>
      {clientId !== null && (
        <ClientDetails
          key="details"
          clientId={clientId}
          className={narrow ? styles.over : undefined}
          width={width}
          takeFocus={focusPane}
          onPrevious={step(-1)}
          onNext={step(1)}
          onClose={close}
        />
      )}
    </div>
  )
}

function focusOpenRow(clientId: ClientId): void {
  requestAnimationFrame(() => {
    const row = document.querySelector(`[data-client-id="${clientId}"]`)
    row?.querySelector<HTMLElement>('[tabindex="0"], [data-column="0"]')?.focus({ preventScroll: true })
  })
}

/** Place of the open client among the rows at hand. */
function useOpenIndex(state: ReturnType<typeof useClientWindow>['state'], clientId: ClientId | null): number | null {
  const last = useRef<number | null>(null)
  if (clientId === null) return null
  const near = last.current ?? 0
  for (let distance = 0; distance < 400; distance++) {
    for (const index of [near + distance, near - distance]) {
      if (index >= 0 && index < state.total && state.rowAt(index)?.clientId === clientId) {
        last.current = index
        return index
      }
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
