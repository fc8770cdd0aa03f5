import { MOD } from '../actions/keys.ts'
import { useHasMenus } from '../state/host-state.ts'
import { Dialog } from '../ui/dialog.tsx'
import { Kbd } from '../ui/kbd.tsx'
import styles from './keys-dialog.module.css'

const KEYS: readonly (readonly [keys: readonly string[], does: string])[] = [
  [['/'], 'Search'],
  [['Alt', '↓'], 'All filters, in the search box'],
  [[MOD, 'K'], 'Command palette'],
  [['↑', '↓'], 'Move row; J and K too'],
  [['←', '→'], 'Move cell'],
  [[MOD, 'Home'], 'First row; End: last row'],
  [['Shift', 'A – Z'], 'Go to a name in the list'],
  [['Space'], 'Select the row; X too'],
  [['Shift', '↓'], 'Select further rows'],
  [[MOD, 'A'], 'Select all results'],
  [['↵'], 'Open, and go into the pane'],
  [['Esc'], 'Close the topmost'],
  [['E'], 'Edit the open client'],
  [['N'], 'New client'],
  [['Delete'], 'Delete the open client'],
  [[MOD, '↵'], 'Save, resolve, confirm'],
  [[MOD, 'Z'], 'Undo the last edit'],
  [['R'], 'Sync all'],
  [[MOD, 'Shift', 'O'], 'Work offline'],
  [['G', 'C'], 'Clients'],
  [['G', 'P'], 'Pipeline'],
  [['G', 'T'], 'Testimonials'],
  [['G', 'Q'], 'Queue'],
  [['G', 'X'], 'Conflicts'],
  [['G', 'I'], 'Insights'],
  [['G', 'S'], 'Sources'],
  [[MOD, ','], 'Settings'],
  [['M'], 'Keep mine, in Conflicts'],
  [['T'], 'Take theirs, in Conflicts'],
  [['?'], 'All keys'],
]

/** Keys that a browser keeps for itself. */
const DESKTOP_KEYS: typeof KEYS = [
  [[MOD, 'N'], 'New client, in the desktop app'],
  [[MOD, '1 – 7'], 'Places, in the desktop app'],
]

export function KeysDialog(props: { readonly onClose: () => void }) {
  const keys = useHasMenus() ? [...KEYS, ...DESKTOP_KEYS] : KEYS
  return (
    <Dialog opened onClose={props.onClose} title="All keys">
      <ul className={styles.keys}>
        {keys.map(([each, does]) => (
          <li key={does} className={styles.line}>
            <span>{does}</span>
            <span className={styles.combination}>
              {each.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </span>
          </li>
        ))}
      </ul>
      <p className="small t3">Single letters work while no text field has the focus. Settings can switch them off.</p>
    </Dialog>
  )
}
