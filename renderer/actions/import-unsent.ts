import type { AppError } from '../../shared/app-error.ts'
import { readSealedFile } from '../../shared/model/sealed-file.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { StoreLink } from '../bridge/start-store-worker.ts'
import { showImport } from '../state/import-report.ts'
import { askFilePassphrase, useLockState } from '../state/lock-state.ts'
import { navigate } from '../state/route.ts'
import { pickTextFile } from '../ui/text-files.ts'

/** Far above what any book has; a film chosen by mistake is not read into memory. */
const MAX_BYTES = 64_000_000

/** Takes a file of unsent work back and shows in Queue what came of it. Its edits come back held. */
export async function importUnsentWork(store: StoreLink): Promise<void> {
  const picked = await pickTextFile('.json,.clientele,application/json', MAX_BYTES)
  if (picked === null) return
  if (picked.kind === 'text') {
    await takeUnsentFile(store, picked.name, picked.text)
    return
  }
  navigate('queue')
  const rule = picked.kind === 'too-large' ? 'too-large' : 'damaged'
  const error: AppError = { code: 'bad-input', field: 'file', rule }
  showImport({ kind: 'refused', fileName: picked.name, error })
}

/** The same for a file that the system handed to the app. */
export async function takeUnsentFile(store: StoreLink, fileName: string, written: string): Promise<void> {
  navigate('queue')
  const opened = await openedText(fileName, written)
  if (opened === null) return
  if (!opened.ok) {
    showImport({ kind: 'refused', fileName, error: opened.error })
    return
  }
  const text = opened.value
  showImport({ kind: 'running', fileName })
  const before = await importNotices(store)
  const reply = await store.call['unsent.import']({ text })
  // The report in Queue says it in full; the notice is for imports that nobody watched.
  for (const noticeId of await importNotices(store)) {
    if (!before.includes(noticeId)) await store.call['notices.dismiss']({ noticeId })
  }
  showImport(
    reply.ok ? { kind: 'done', fileName, report: reply.value } : { kind: 'refused', fileName, error: reply.error },
  )
}

/** What a file says, after its passphrase was asked for where it is encrypted. Null where the user gave up. */
async function openedText(fileName: string, text: string): Promise<Result<string, AppError> | null> {
  const { files } = useLockState.getState()
  if (readSealedFile(text) === 'foreign' || files === null) return ok(text)
  // Under the present passphrase of this very profile nobody has to type it.
  const own = await files.open(text, null)
  if (own.ok) return ok(own.value.text)
  const mustAsk = own.error.code === 'bad-input' && own.error.rule === 'required'
  if (!mustAsk) return err(own.error)
  const asked = await askFilePassphrase(fileName, text, files)
  return asked === null ? null : ok(asked)
}

async function importNotices(store: StoreLink): Promise<readonly string[]> {
  const notices = await store.call['notices.list']({})
  return notices.ok ? notices.value.filter((each) => each.kind === 'import-done').map((each) => each.noticeId) : []
}
