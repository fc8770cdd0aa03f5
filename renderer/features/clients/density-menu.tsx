import { Menu } from '@mantine/core'
import { IconAdjustmentsHorizontal, IconCheck } from '@tabler/icons-react'
import { useHost } from '../../bridge/app-context.tsx'
import { setSort } from '../../state/client-list.ts'
import { useSettings } from '../../state/host-state.ts'
import { IconButton } from '../../ui/icon-button.tsx'

const DENSITIES = [
  { value: 'compact', label: 'Compact' },
  { value: 'comfortable', label: 'Comfortable' },
] as const

export function DensityMenu() {
  const host = useHost()
  const { density } = useSettings()
  return (
    <Menu position="bottom-end" width={200} offset={4}>
      <Menu.Target>
        <IconButton label="View options">
          <IconAdjustmentsHorizontal size={16} aria-hidden />
        </IconButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Density</Menu.Label>
        {DENSITIES.map((each) => (
          <Menu.Item
            key={each.value}
            rightSection={each.value === density ? <IconCheck size={14} aria-hidden /> : null}
            aria-current={each.value === density}
            onClick={() => void host.call['settings.set']({ density: each.value })}
          >
            {each.label}
          </Menu.Item>
        ))}
        <Menu.Label>Order</Menu.Label>
        <Menu.Item onClick={() => setSort(null)}>Newest change, best match</Menu.Item>
        <Menu.Item onClick={() => setSort({ key: 'created', direction: 'desc' })}>Newest client</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
