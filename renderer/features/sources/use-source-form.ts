import { type RefObject, useEffect, useRef, useState } from 'react'
import type { AppError } from '../../../shared/app-error.ts'
import type { Manifest } from '../../../shared/connector/manifest.ts'
import type { ConnectionReport, SourceView } from '../../../shared/model/source.ts'
import type { Result } from '../../../shared/result.ts'
import { useHost } from '../../bridge/app-context.tsx'
import { useSources } from '../../state/host-state.ts'
import { draftOf, type FormProblems, isTouched, missingFields, problemOfError, type SourceForm } from './source-form.ts'

/** What the last answer of the core was about the form as a whole. */
export type FormAnswer =
  | { readonly kind: 'works'; readonly report: ConnectionReport }
  | { readonly kind: 'failed'; readonly error: AppError; readonly of: 'test' | 'save' }

export interface SourceFormState {
  readonly form: SourceForm
  /** Of the connector that the form is for now; null while the connectors are not known. */
  readonly manifest: Manifest | null
  readonly problems: FormProblems
  readonly answer: FormAnswer | null
  readonly busy: 'test' | 'save' | null
  readonly touched: boolean
  readonly body: RefObject<HTMLDivElement | null>
  readonly change: (next: SourceForm) => void
  readonly test: () => Promise<void>
  /** Runs `save` on what was typed unless something is missing. True where it succeeded. */
  readonly submit: (save: (form: SourceForm) => Promise<Result<unknown, AppError>>) => Promise<boolean>
}

/** The form of a source: values, sentences under fields, and the answer of the core. `edited` null: a new source. */
export function useSourceForm(
  start: SourceForm,
  manifestOf: (form: SourceForm) => Manifest | null,
  edited: SourceView | null,
): SourceFormState {
  const host = useHost()
  const sources = useSources()
  const [first] = useState(start)
  const [form, setForm] = useState(start)
  const [problems, setProblems] = useState<FormProblems>({})
  const [answer, setAnswer] = useState<FormAnswer | null>(null)
  const [busy, setBusy] = useState<'test' | 'save' | null>(null)
  const body = useRef<HTMLDivElement | null>(null)
  // An answer about values that were changed meanwhile says nothing any more.
  const turn = useRef(0)
  const manifest = manifestOf(form)

  useEffect(() => {
    if (Object.keys(problems).length === 0) return
    body.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [problems])

  useEffect(() => {
    // The answer stands at the end of the form, which may be scrolled.
    if (answer !== null) body.current?.lastElementChild?.scrollIntoView({ block: 'nearest' })
  }, [answer])

  const run = async <T>(
    kind: 'test' | 'save',
    call: () => Promise<Result<T, AppError>>,
    done: (value: T) => void,
  ): Promise<boolean> => {
    if (manifest === null || busy !== null) return false
    const missing = missingFields(form, manifest, sources, edited)
    setProblems(missing)
    setAnswer(null)
    if (Object.keys(missing).length > 0) return false
    const mine = ++turn.current
    setBusy(kind)
    const reply = await call()
    setBusy(null)
    if (mine !== turn.current) return reply.ok
    if (reply.ok) {
      done(reply.value)
      return true
    }
    const atField = problemOfError(reply.error, manifest)
    if (atField === null) setAnswer({ kind: 'failed', error: reply.error, of: kind })
    else setProblems(atField)
    return false
  }

  return {
    form,
    manifest,
    problems,
    answer,
    busy,
    touched: isTouched(form, first),
    body,
    change: (next) => {
      turn.current++
      setForm(next)
      setAnswer(null)
      setProblems({})
    },
    test: async () => {
      await run(
        'test',
        () => host.call['sources.test']({ draft: draftOf(form), sourceId: edited?.sourceId ?? null }),
        (report) => setAnswer({ kind: 'works', report }),
      )
    },
    submit: (save) =>
      run(
        'save',
        () => save(form),
        () => undefined,
      ),
  }
}
