import { type FileHandle, open, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { decodeFile } from '../../../../shared/imports/decode-file.ts'
import type { DesktopEvent, OpenedFile } from '../../../../shared/model/desktop.ts'

type Refusal = Extract<DesktopEvent, { kind: 'refused' }>['why']
export type Opened = { readonly ok: true; readonly file: OpenedFile } | { readonly ok: false; readonly why: Refusal }

/** Far above any address book that a person has; small enough to be sent to the page at once. */
const MAX_BYTES = 10_000_000

const KINDS: readonly (readonly [string, OpenedFile['kind']])[] = [
  ['.vcf', 'vcf'],
  ['.csv', 'csv'],
  ['.clientele', 'unsent-work'],
  // As it was exported by itself; the packages do not claim this ending, but "Open with" is the user's to say.
  ['.json', 'unsent-work'],
]

export function kindOfFile(path: string): OpenedFile['kind'] | null {
  const name = path.toLowerCase()
  return KINDS.find(([ending]) => name.endsWith(ending))?.[1] ?? null
}

/** Reads a file that the system asks us to open. What is in it is judged by whoever imports it. */
export async function readOpenedFile(path: string, maxBytes = MAX_BYTES): Promise<Opened> {
  const kind = kindOfFile(path)
  if (kind === null) return { ok: false, why: 'file-kind' }
  const read = await bytesOf(path, maxBytes)
  if (typeof read === 'string') return { ok: false, why: read }
  return { ok: true, file: { name: basename(path).slice(-255), kind, text: decodeFile(read, TextDecoder).text } }
}

async function bytesOf(path: string, maxBytes: number): Promise<Uint8Array | Refusal> {
  let file: FileHandle | null = null
  try {
    // Before it is opened: a pipe would be waited for, a device has no end.
    const facts = await stat(path)
    if (!facts.isFile()) return 'file-unreadable'
    if (facts.size > maxBytes) return 'file-too-large'
    file = await open(path, 'r')
    // With some room more: a file that grows while it is read is noticed.
    const bytes = Buffer.alloc(facts.size + 1)
    let length = 0
    while (length < bytes.length) {
      const { bytesRead } = await file.read(bytes, length, bytes.length - length, length)
      if (bytesRead === 0) return bytes.subarray(0, length)
      length += bytesRead
    }
    return 'file-unreadable'
  } catch {
    return 'file-unreadable'
  } finally {
    await file?.close().catch(() => undefined)
  }
}
