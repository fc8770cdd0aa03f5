import type { AppError } from '../../../shared/app-error.ts'
import { createFieldRuleId, type FieldRuleId, type SourceId } from '../../../shared/ids.ts'
import type { ConflictChoice } from '../../../shared/model/conflict.ts'
import type { FieldKey } from '../../../shared/model/field.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Book } from '../book.ts'
import { conflictsDecidedBy } from '../queries/field-rules.ts'
import type { ConflictRow, Snapshot } from '../rows.ts'
import type { StoreContext } from '../store-context.ts'
import { decideByRules } from '../sync/decide-fields.ts'
import { withSnapshot } from './snapshot.ts'
import { undoStep } from './undo-step.ts'

interface RuleInput {
  readonly sourceId: SourceId
  readonly field: FieldKey
  readonly choice: ConflictChoice
}

/**
 * "Always keep mine for this field of this source": decides what is open now, and from now on when it arises. The user
 * alone makes rules, one per field of a source.
 */
export function makeFieldRule(
  context: StoreContext,
  input: RuleInput,
): Promise<Result<{ ruleId: FieldRuleId; decided: number }, AppError>> {
  const at = context.clock.now()
  return context.writer.write({ durability: 'strict', epoch: null }, (draft) => {
    if (!context.book.sources.has(input.sourceId)) return err({ code: 'missing', what: 'source' })
    const before = draft.ruleFor(input.sourceId, input.field)
    const ruleId = createFieldRuleId(context.random)
    const snapshots: Snapshot[] = []
    snapshots.push(
      withSnapshot(draft, { rules: before === undefined ? [] : [before.ruleId] }, () => {
        if (before !== undefined) draft.fieldRules.set(before.ruleId, null)
        draft.fieldRules.set(ruleId, { ruleId, ...input, madeAt: at, used: 0, usedAt: null })
        return { madeRules: [ruleId] }
      }),
    )
    const open = conflictsDecidedBy(context.book, input)
    for (const conflict of open) {
      const { recordId, conflictId } = conflict
      snapshots.push(
        withSnapshot(draft, { records: [recordId], conflicts: [conflictId] }, () => {
          decideByRules(draft, conflict, at, [input.field])
          return undefined
        }),
      )
    }
    draft.topics.add('conflicts')
    const about = open[0] ?? newestDecided(context.book, input)
    if (about !== undefined) {
      const { clientId, recordId } = about
      draft.undo.push(undoStep({ at, clientId, recordId, what: 'rule', snapshots }))
    }
    return ok({ ruleId, decided: open.length })
  })
}

/** The conflict whose choice the rule was made from, where it decides no other now. */
function newestDecided(book: Book, { sourceId, field }: RuleInput): ConflictRow | undefined {
  return [...book.conflicts.values()]
    .filter((c) => c.sourceId === sourceId && c.resolvedAt !== null && c.fields.some((f) => f.field === field))
    .sort((a, b) => (b.resolvedAt ?? 0) - (a.resolvedAt ?? 0))[0]
}

/** What it has decided stays decided. */
export function removeFieldRule(
  context: StoreContext,
  input: { readonly ruleId: FieldRuleId },
): Promise<Result<null, AppError>> {
  return context.writer.write<null>({ durability: 'strict', epoch: null }, (draft) => {
    if (draft.fieldRule(input.ruleId) === undefined) return err({ code: 'missing', what: 'rule' })
    draft.fieldRules.set(input.ruleId, null)
    draft.topics.add('conflicts')
    return ok(null)
  })
}
