import type { ConflictId, SourceId } from '../../../shared/ids.ts'
import type { FieldKey } from '../../../shared/model/field.ts'
import type { Book } from '../book.ts'
import type { ConflictRow } from '../rows.ts'
import type { FieldRuleView } from '../store-contract.ts'
import { clientName } from './edit-view.ts'

/** Rules that the user has made, newest first. */
export function listFieldRules(book: Book): readonly FieldRuleView[] {
  return [...book.fieldRules.values()]
    .sort((a, b) => b.madeAt - a.madeAt || (a.ruleId < b.ruleId ? -1 : 1))
    .map((rule) => ({ ...rule, wouldDecide: conflictsDecidedBy(book, rule).length }))
}

/** What a rule for this field would decide now, besides the conflict that it is made from. */
export function previewFieldRule(
  book: Book,
  input: { readonly sourceId: SourceId; readonly field: FieldKey; readonly except?: ConflictId },
): { readonly conflicts: number; readonly clients: readonly string[] } {
  const open = conflictsDecidedBy(book, input).filter((conflict) => conflict.conflictId !== input.except)
  return { conflicts: open.length, clients: open.slice(0, 200).map((c) => clientName(book, c.recordId)) }
}

export function conflictsDecidedBy(
  book: Book,
  { sourceId, field }: { readonly sourceId: SourceId; readonly field: FieldKey },
): readonly ConflictRow[] {
  return [...book.conflicts.values()].filter(
    (conflict) =>
      conflict.resolvedAt === null &&
      conflict.kind === 'field' &&
      conflict.sourceId === sourceId &&
      conflict.fields.some((f) => f.field === field),
  )
}
