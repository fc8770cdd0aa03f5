import { NAMES } from '../../text/names.ts'
import { Dialog } from '../../ui/dialog.tsx'

/** Clients out of a vCard or CSV file. */
export function ImportDialog(props: { readonly onClose: () => void }) {
  return (
    <Dialog opened onClose={props.onClose} title={NAMES.importClients}>
      …
    </Dialog>
  )
}
