import { type DragEvent, useState } from 'react'
import { openImport, readImportFile } from '../../state/import-files.ts'
import styles from './clients.module.css'

function hasFiles(event: DragEvent): boolean {
  return event.dataTransfer.types.includes('Files')
}

/** Files that are dropped on the list go into `Import clients`. */
export function useFileDrop() {
  const [over, setOver] = useState(false)
  const onDragOver = (event: DragEvent): void => {
    if (!hasFiles(event)) return
    event.preventDefault()
    event.dataTransfer.dropEffect = 'copy'
    setOver(true)
  }
  const onDragLeave = (event: DragEvent): void => {
    const to = event.relatedTarget
    if (!(to instanceof Node) || !event.currentTarget.contains(to)) setOver(false)
  }
  const onDrop = (event: DragEvent): void => {
    if (!hasFiles(event)) return
    event.preventDefault()
    setOver(false)
    void Promise.all([...event.dataTransfer.files].map(readImportFile)).then(openImport)
  }
  return { over, handlers: { onDragOver, onDragLeave, onDrop } }
}

export function DropHint() {
  return (
    <div className={styles.dropHint} aria-hidden>
      Drop to import clients
    </div>
  )
}
