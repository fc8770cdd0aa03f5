import { create } from 'zustand'
import type { AppError } from '../../shared/app-error.ts'
import type { ImportReport } from '../../shared/model/unsent-work.ts'

/** How the last import ended; stands in Queue until it is put away. */
export type ImportOutcome =
  | { readonly kind: 'running'; readonly fileName: string }
  | { readonly kind: 'done'; readonly fileName: string; readonly report: ImportReport }
  | { readonly kind: 'refused'; readonly fileName: string; readonly error: AppError }

export const useImportOutcome = create<{ readonly outcome: ImportOutcome | null }>(() => ({ outcome: null }))

export function showImport(outcome: ImportOutcome | null): void {
  useImportOutcome.setState({ outcome })
}
