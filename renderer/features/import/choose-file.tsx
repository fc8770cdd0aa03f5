import { IconFileImport } from '@tabler/icons-react'
import { type DragEvent, useRef, useState } from 'react'
import { readImportFile } from '../../state/import-files.ts'
import { Button } from '../../ui/button.tsx'
import { cx } from '../../ui/cx.ts'
import styles from './import.module.css'
import type { ImportControl } from './use-import.ts'

/** Chosen, or dropped. */
export function ChooseFile(props: { readonly control: ImportControl }) {
  const { control } = props
  const input = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const reading = control.state.phase === 'reading'

  const take = (file: File | undefined): void => {
    if (file === undefined) return
    void readImportFile(file).then(control.open)
  }
  const onDrop = (event: DragEvent): void => {
    event.preventDefault()
    setOver(false)
    take(event.dataTransfer.files[0])
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a pointer's short cut for the button in it
    <div
      className={cx(styles.drop, over && styles.dropOver)}
      aria-busy={reading}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
    >
      <IconFileImport size={20} aria-hidden className={styles.dropIcon} />
      <p className="strong">{reading ? `Reading ${control.state.fileName}…` : 'Drop a vCard or CSV file here'}</p>
      <p className="t3 small">
        Contacts, Outlook, Google and spreadsheets write them. Nothing comes in before you have seen it.
      </p>
      <Button data-autofocus size="form" busy={reading} onClick={() => input.current?.click()}>
        Choose file…
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        aria-label="File of clients"
        accept=".vcf,.vcard,.csv,.tsv,.txt,text/vcard,text/csv"
        onChange={(event) => {
          take(event.currentTarget.files?.[0])
          // The same file can be chosen again, after it was corrected.
          event.currentTarget.value = ''
        }}
      />
    </div>
  )
}
