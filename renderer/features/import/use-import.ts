import { useEffect, useReducer, useRef } from 'react'
import type { AppError } from '../../../shared/app-error.ts'
import { decodeFile, type FileEncoding } from '../../../shared/imports/decode-file.ts'
import { useHost, useStore } from '../../bridge/app-context.tsx'
import type { StoreLink } from '../../bridge/start-store-worker.ts'
import { type ImportFile, useImportFiles } from '../../state/import-files.ts'
import type {
  CsvMapping,
  ImportChoices,
  ImportFileView,
  ImportPlan,
  ImportRemark,
  ImportTarget,
} from '../../store/store-contract.ts'

/** Rows that one transaction brings in: small enough that the bar moves and a cancel is soon heard. */
const ROWS_PER_STEP = 200

export interface ImportState {
  readonly phase: 'choose' | 'reading' | 'review' | 'running' | 'report'
  readonly fileName: string
  readonly encoding: FileEncoding | null
  readonly view: ImportFileView | null
  readonly plan: ImportPlan | null
  /** The plan belongs to choices that have changed since: another is on its way. */
  readonly planning: boolean
  readonly target: ImportTarget
  readonly choices: ImportChoices
  readonly done: { readonly rows: number; readonly created: number; readonly filled: number }
  /** What the store refused at the last moment. */
  readonly late: readonly ImportRemark[]
  readonly ending: 'complete' | 'cancelled' | 'failed' | null
  readonly error: AppError | null
}

export interface ImportControl {
  readonly state: ImportState
  readonly open: (file: ImportFile) => Promise<void>
  readonly map: (csv: Partial<CsvMapping>) => Promise<void>
  readonly setTarget: (target: ImportTarget) => void
  readonly setChoices: (choices: ImportChoices) => void
  readonly run: () => Promise<void>
  readonly cancel: () => void
  readonly again: () => void
}

const SKIP_ALL: ImportChoices = { all: 'skip', rows: {} }
const NOTHING = { rows: 0, created: 0, filled: 0 }

function freshState(target: ImportTarget): ImportState {
  return {
    phase: 'choose',
    fileName: '',
    encoding: null,
    view: null,
    plan: null,
    planning: false,
    target,
    choices: SKIP_ALL,
    done: NOTHING,
    late: [],
    ending: null,
    error: null,
  }
}

/** One file on its way in: read, planned, brought in step by step. The file stays here until all of it is through. */
export function useImport(start: ImportTarget): ImportControl {
  const store = useStore()
  const host = useHost()
  const [state, set] = useReducer(
    (before: ImportState, change: Partial<ImportState>): ImportState => ({ ...before, ...change }),
    start,
    freshState,
  )
  const now = useRef(state)
  now.current = state
  const file = useRef<{ importId: string; text: string } | null>(null)
  /** Answers to older questions are of no use. */
  const asked = useRef(0)
  const stopped = useRef(false)

  useEffect(() => {
    stopped.current = false
    return () => {
      stopped.current = true
      useImportFiles.setState({ running: false })
    }
  }, [])

  const plan = async (target: ImportTarget, choices: ImportChoices): Promise<ImportPlan | null> => {
    const { current } = file
    if (current === null) return null
    const turn = ++asked.current
    set({ target, choices, planning: true })
    const reply = await inCaseOfLoss(store, current, now.current, () =>
      store.call['import.plan']({ importId: current.importId, target, choices }),
    )
    if (turn !== asked.current) return null
    set(reply.ok ? { plan: reply.value, planning: false, error: null } : { planning: false, error: reply.error })
    return reply.ok ? reply.value : null
  }

  const read = async (csv: Partial<CsvMapping> | null): Promise<void> => {
    const { current } = file
    if (current === null) return
    const turn = ++asked.current
    const { fileName } = now.current
    const first = now.current.view === null
    const ask = (text: string | null) => store.call['import.read']({ importId: current.importId, fileName, text, csv })
    set({ planning: true })
    let reply = await ask(first ? current.text : null)
    if (!reply.ok && reply.error.code === 'missing') reply = await ask(current.text)
    if (turn !== asked.current) return
    if (!reply.ok) {
      set({ ...(first ? { phase: 'choose' as const } : {}), planning: false, error: reply.error })
      return
    }
    set({ view: reply.value, phase: 'review', error: null })
    // Rows have other places, or are other clients, where columns are read otherwise.
    await plan(now.current.target, { ...now.current.choices, rows: {} })
  }

  const run = async (): Promise<void> => {
    const { current } = file
    if (current === null) return
    stopped.current = false
    useImportFiles.setState({ running: true })
    set({ phase: 'running', done: NOTHING, late: [], error: null })
    let done = NOTHING
    let late: readonly ImportRemark[] = []
    let ending: ImportState['ending'] = 'complete'
    let error: AppError | null = null
    for (let total = 1; done.rows < total; ) {
      if (stopped.current) {
        ending = 'cancelled'
        break
      }
      const from = done.rows
      const reply = await inCaseOfLoss(store, current, now.current, () =>
        store.call['import.take']({ importId: current.importId, from, limit: ROWS_PER_STEP }),
      )
      if (!reply.ok) {
        ending = 'failed'
        error = reply.error
        break
      }
      const { next, created, filled, remarks } = reply.value
      total = reply.value.total
      done = { rows: next, created: done.created + created, filled: done.filled + filled }
      late = [...late, ...remarks]
      set({ done, late })
    }
    await store.call['import.end']({ importId: current.importId })
    useImportFiles.setState({ running: false })
    set({ phase: 'report', ending, error, late })
    if (done.created + done.filled > 0) void host.call['edits.push']({ sourceId: null })
  }

  return {
    state,
    open: async ({ name, content, problem }) => {
      if (problem !== undefined) {
        file.current = null
        set({
          ...freshState(now.current.target),
          fileName: name,
          error: { code: 'bad-input', field: 'file', rule: problem },
        })
        return
      }
      const decoded = typeof content === 'string' ? { text: content, encoding: null } : decodeFile(content, TextDecoder)
      file.current = { importId: `imp-${crypto.randomUUID()}`, text: decoded.text }
      const fresh = { ...freshState(now.current.target), fileName: name, encoding: decoded.encoding }
      // At once, because `read` looks at it.
      now.current = fresh
      set({ ...fresh, phase: 'reading' })
      await read(null)
    },
    map: (csv) => read(csv),
    setTarget: (target) => void plan(target, now.current.choices),
    setChoices: (choices) => void plan(now.current.target, choices),
    run,
    cancel: () => {
      stopped.current = true
    },
    again: () => {
      if (file.current !== null) void store.call['import.end']({ importId: file.current.importId })
      file.current = null
      set(freshState(now.current.target))
    },
  }
}

type Reply<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: AppError }

/** A worker that was started anew has never seen the file: it gets it, reads it as before, plans, and is asked again. */
async function inCaseOfLoss<T>(
  store: StoreLink,
  file: { readonly importId: string; readonly text: string },
  { fileName, view, target, choices }: ImportState,
  ask: () => Promise<Reply<T>>,
): Promise<Reply<T>> {
  const reply = await ask()
  if (reply.ok || reply.error.code !== 'missing') return reply
  const csv =
    view === null || view.csv === null
      ? null
      : {
          delimiter: view.csv.delimiter,
          hasHeader: view.csv.hasHeader,
          targets: view.csv.columns.map((column) => column.target),
        }
  const read = await store.call['import.read']({ ...file, fileName, csv })
  if (!read.ok) return read
  const planned = await store.call['import.plan']({ importId: file.importId, target, choices })
  return planned.ok ? ask() : planned
}
