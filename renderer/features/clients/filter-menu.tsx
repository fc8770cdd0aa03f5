import { Menu } from '@mantine/core'
import { IconFilter } from '@tabler/icons-react'
import { useState } from 'react'
import { useStoreQuery } from '../../bridge/use-store-query.ts'
import { SourceSquare } from '../../domain/source-label.tsx'
import { addSearchToken } from '../../state/client-list.ts'
import { askFilters, focusSearch } from '../../state/focus.ts'
import { useManifests, useSources } from '../../state/host-state.ts'
import { printFilter } from '../../store/search/query/print-query.ts'
import type { FilterField } from '../../store/search/query/query.ts'
import { Button } from '../../ui/button.tsx'
import { StatusDot } from '../../ui/status-dot.tsx'
import styles from './clients.module.css'

const AGES = [
  { value: '1d', label: 'Today' },
  { value: '7d', label: 'This week' },
  { value: '30d', label: 'This month' },
] as const

const STATUSES = [
  { value: 'active', label: 'Active', tone: 'active' },
  { value: 'paused', label: 'Paused', tone: 'paused' },
  { value: 'inactive', label: 'Inactive', tone: 'inactive' },
] as const

/** Adds a filter in front of what is searched for, as one could type it. */
const STATES = [
  { field: 'is', value: 'waiting', label: 'Waiting to sync' },
  { field: 'is', value: 'conflict', label: 'In conflict' },
  { field: 'is', value: 'local', label: 'On this device only' },
  { field: 'has', value: 'testimonial', label: 'Has a testimonial' },
] as const

function addFilter(field: FilterField, value: string): void {
  addSearchToken(printFilter(field, [value]))
  focusSearch()
}

export function FilterMenu() {
  const sources = useSources()
  const manifests = useManifests()
  // Whoever takes a filter goes on in the search box; whoever takes none is back at the button.
  const [toSearch, setToSearch] = useState(false)
  return (
    <Menu position="bottom-start" width={220} offset={4} returnFocus={!toSearch} onOpen={() => setToSearch(false)}>
      <Menu.Target>
        <Button variant="quiet" icon={<IconFilter size={16} aria-hidden />}>
          Filter
        </Button>
      </Menu.Target>
      <Menu.Dropdown className={styles.filters} onClickCapture={() => setToSearch(true)}>
        <Menu.Label>Status</Menu.Label>
        {STATUSES.map((status) => (
          <Menu.Item
            key={status.value}
            leftSection={<StatusDot tone={status.tone} />}
            onClick={() => addFilter('status', status.value)}
          >
            {status.label}
          </Menu.Item>
        ))}
        {sources.length > 0 && <Menu.Label>Source</Menu.Label>}
        {sources.map((source) => (
          <Menu.Item
            key={source.sourceId}
            leftSection={<SourceSquare source={source} />}
            onClick={() => {
              const only = sources.filter((each) => each.connectorId === source.connectorId).length === 1
              const known = manifests.some((manifest) => manifest.connectorId === source.connectorId)
              addFilter('source', only && known ? source.connectorId : source.name)
            }}
          >
            {source.name}
          </Menu.Item>
        ))}
        <TagItems />
        <Menu.Label>Updated</Menu.Label>
        {AGES.map((age) => (
          <Menu.Item key={age.value} onClick={() => addFilter('updated', age.value)}>
            {age.label}
          </Menu.Item>
        ))}
        <Menu.Label>More</Menu.Label>
        {STATES.map((state) => (
          <Menu.Item key={state.value} onClick={() => addFilter(state.field, state.value)}>
            {state.label}
          </Menu.Item>
        ))}
        <Menu.Item onClick={askFilters}>All filters…</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

/** In the page only while the menu is open: the store counts all clients for it. */
function TagItems() {
  const tags = useStoreQuery('clients.vocabulary', {}, ['clients']).data?.tags ?? []
  return (
    <>
      {tags.length > 0 && <Menu.Label>Tag</Menu.Label>}
      {tags.slice(0, 5).map(({ tag }) => (
        <Menu.Item key={tag} onClick={() => addFilter('tag', tag)}>
          {tag}
        </Menu.Item>
      ))}
    </>
  )
}
