import { lazy, Suspense } from 'react'
import { DeleteClientDialog } from '../features/clients/delete-client-dialog.tsx'
import { NewClientDialog } from '../features/clients/new-client-dialog.tsx'
import { closeDialog, useDialogs } from '../state/dialogs.ts'
import { useFileQuestion } from '../state/lock-state.ts'
import { CommandPalette } from './command-palette.tsx'
import { KeysDialog } from './keys-dialog.tsx'

const AddSourceDialog = lazy(async () => ({
  default: (await import('../features/sources/add-source-dialog.tsx')).AddSourceDialog,
}))

const ImportDialog = lazy(async () => ({
  default: (await import('../features/import/import-dialog.tsx')).ImportDialog,
}))

const PrintDialog = lazy(async () => ({
  default: (await import('../features/print/print-dialog.tsx')).PrintDialog,
}))

const FilePassphraseDialog = lazy(async () => ({
  default: (await import('../features/security/file-passphrase-dialog.tsx')).FilePassphraseDialog,
}))

/** The one window that is open over the page. */
export function Dialogs() {
  const open = useDialogs((state) => state.open)
  const question = useFileQuestion((state) => state.question)
  if (question !== null)
    return (
      <Suspense fallback={null}>
        <FilePassphraseDialog question={question} />
      </Suspense>
    )
  if (open === null) return null
  switch (open.kind) {
    case 'add-source':
      return (
        <Suspense fallback={null}>
          <AddSourceDialog opened onClose={closeDialog} />
        </Suspense>
      )
    case 'new-client':
      return <NewClientDialog name={open.name} onClose={closeDialog} />
    case 'delete-client':
      return <DeleteClientDialog clientId={open.clientId} name={open.name} onClose={closeDialog} />
    case 'import-clients':
      return (
        <Suspense fallback={null}>
          <ImportDialog onClose={closeDialog} />
        </Suspense>
      )
    case 'print-client':
      return (
        <Suspense fallback={null}>
          <PrintDialog clientId={open.clientId} name={open.name} as={open.as} onClose={closeDialog} />
        </Suspense>
      )
    case 'palette':
      return <CommandPalette onClose={closeDialog} />
    case 'keys':
      return <KeysDialog onClose={closeDialog} />
  }
}
