import { Menu } from '@mantine/core'
import { IconCopy, IconDots, IconPencil, IconPlayerPause } from '@tabler/icons-react'
import type { EditView } from '../../store/store-contract.ts'
import { IconButton } from '../../ui/icon-button.tsx'

/** What is done less often: hold back, change, copy. `Release` stands in the row itself, where it is the way out. */
export function EditMenu(props: {
  readonly edit: EditView
  readonly onHold: () => void
  readonly onChange: () => void
  readonly onCopy: () => void
}) {
  const { edit } = props
  return (
    <Menu position="bottom-end" width={168} offset={4}>
      <Menu.Target>
        <IconButton label="More" hint={`More for ${edit.clientName}`}>
          <IconDots size={16} aria-hidden />
        </IconButton>
      </Menu.Target>
      <Menu.Dropdown>
        {edit.hold === null && edit.canHold && (
          <Menu.Item leftSection={<IconPlayerPause size={16} aria-hidden />} onClick={props.onHold}>
            Hold
          </Menu.Item>
        )}
        {edit.canChange && (
          <Menu.Item leftSection={<IconPencil size={16} aria-hidden />} onClick={props.onChange}>
            Change…
          </Menu.Item>
        )}
        <Menu.Item leftSection={<IconCopy size={16} aria-hidden />} onClick={props.onCopy}>
          Copy details
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
