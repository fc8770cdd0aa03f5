import type { UndoRow } from '../rows.ts'

type Step = Pick<UndoRow, 'at' | 'clientId' | 'recordId' | 'what'> & Partial<UndoRow>

/** A step that `edit.undoLast` can take back, with what it needs for that. */
export function undoStep(step: Step): Omit<UndoRow, 'n'> {
  return {
    changes: [],
    local: null,
    overlay: null,
    edits: [],
    editId: null,
    snapshots: [],
    conflictId: null,
    imported: null,
    ...step,
  }
}
