import { IconCircleCheck, IconGitFork } from '@tabler/icons-react'
import { useState } from 'react'
import type { ConflictId } from '../../../shared/ids.ts'
import { MOD } from '../../actions/keys.ts'
import { useHost, useStore } from '../../bridge/app-context.tsx'
import { useStoreQuery } from '../../bridge/use-store-query.ts'
import { useHostState } from '../../state/host-state.ts'
import type { ConflictView } from '../../store/store-contract.ts'
import { errorLine } from '../../text/error-text.ts'
import { formatNumber } from '../../text/format.ts'
import { NAMES } from '../../text/names.ts'
import { Banner } from '../../ui/banner.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Kbd } from '../../ui/kbd.tsx'
import { Place } from '../../ui/place.tsx'
import { ConflictCard } from './conflict-card.tsx'
import { storeChoices, subjectsOf } from './conflict-words.ts'
import styles from './conflicts.module.css'
import { choose, type Decision, isReady, movedFields, NO_DECISION, seenNow, standing } from './decisions.ts'
import { makeRules } from './make-rules.ts'
import { type Resolved, ResolvedLine } from './resolved-line.tsx'
import { RulesList } from './rules-list.tsx'
import { useConflictKeys } from './use-conflict-keys.ts'
import { useResolved } from './use-resolved.ts'

const WEEK_MS = 7 * 24 * 60 * 60 * 1000

/** Edits that met a change at the source: side by side, until the user has chosen. */
export function ConflictsPlace() {
  const host = useHost()
  const store = useStore()
  const [since] = useState(() => Date.now() - WEEK_MS)
  const conflicts = useStoreQuery('conflicts.list', {}, ['conflicts'])
  const resolvedCount = useStoreQuery('conflicts.resolvedCount', { since }, ['conflicts'])
  const [decisions, setDecisions] = useState<Readonly<Partial<Record<ConflictId, Decision>>>>({})
  const [busy, setBusy] = useState<ConflictId | null>(null)
  const [failed, setFailed] = useState<{ readonly id: ConflictId; readonly text: string } | null>(null)
  const { resolved, addResolved, forgetResolved } = useResolved(conflicts.data)

  const open = (conflicts.data ?? []).filter(
    (conflict) => !resolved.some((done) => done.conflict.conflictId === conflict.conflictId),
  )
  const cards = [
    ...open.map((conflict) => ({ conflict, done: null })),
    ...resolved.map((done) => ({ conflict: done.conflict, done })),
  ].toSorted(
    (a, b) =>
      a.conflict.detectedAt - b.conflict.detectedAt || a.conflict.conflictId.localeCompare(b.conflict.conflictId),
  )

  const decisionOf = (conflict: ConflictView): Decision => decisions[conflict.conflictId] ?? NO_DECISION
  const decide = (conflict: ConflictView, change: (decision: Decision) => Decision): void =>
    setDecisions((all) => ({
      ...all,
      [conflict.conflictId]: change(standing(all[conflict.conflictId] ?? NO_DECISION, conflict)),
    }))

  const resolve = async (conflict: ConflictView): Promise<void> => {
    const decision = standing(decisionOf(conflict), conflict)
    if (busy !== null || !isReady(decision, conflict)) return
    setBusy(conflict.conflictId)
    setFailed(null)
    const { candidate, choices } = decision
    const reply = await store.call['conflict.resolve']({
      conflictId: conflict.conflictId,
      choices: storeChoices(conflict, choices),
      seen: seenNow(conflict),
      ...(candidate !== null && choices.record === 'theirs' ? { candidate } : {}),
    })
    if (!reply.ok) {
      setBusy(null)
      const sourceName = nameOf(conflict)
      setFailed({ id: conflict.conflictId, text: errorLine(reply.error, { sourceName, during: 'edit' }) })
      return
    }
    const made = await makeRules(store, conflict, decision, nameOf(conflict))
    setBusy(null)
    addResolved({ conflict, choices, ...made } satisfies Resolved)
    // Opened again, it is asked anew: what was chosen once is not chosen for it.
    setDecisions(({ [conflict.conflictId]: _decided, ...others }) => others)
    await host.call['edits.push']({ sourceId: made.ruled > 0 ? null : conflict.sourceId })
  }

  const list = useConflictKeys({
    open,
    choices: Object.fromEntries(open.map((each) => [each.conflictId, standing(decisionOf(each), each).choices])),
    onChoose: (conflict, subject, choice) =>
      decide(conflict, (decision) => choose(decision, conflict, [subject], choice)),
    onResolve: (conflict) => void resolve(conflict),
  })

  return (
    <Place
      title={NAMES.conflicts}
      count={open.length === 0 ? undefined : formatNumber(open.length)}
      ruled
      controls={open.length > 0 && <span className={styles.calm}>Nothing is overwritten until you decide.</span>}
      actions={
        open.length > 0 && (
          <span className={styles.keys} aria-hidden>
            <Kbd>M</Kbd> mine <Kbd>T</Kbd> theirs <Kbd>{MOD} ↵</Kbd> resolve
          </span>
        )
      }
      banners={
        conflicts.error !== null ? (
          <Banner tone="danger">{errorLine(conflicts.error, { sourceName: 'This device' })}</Banner>
        ) : undefined
      }
    >
      <div className={styles.ground}>
        {conflicts.data !== null && cards.length === 0 && (
          <EmptyState icon={<IconGitFork size={20} aria-hidden />} lead="No conflicts">
            Nothing was changed here and at its source at the same time.
          </EmptyState>
        )}
        <ul aria-label={NAMES.conflicts} className={styles.list} ref={list} hidden={cards.length === 0}>
          {cards.map(({ conflict, done }) =>
            done === null ? (
              <ConflictCard
                key={conflict.conflictId}
                conflict={conflict}
                decision={standing(decisionOf(conflict), conflict)}
                moved={movedFields(decisionOf(conflict), conflict)}
                busy={busy === conflict.conflictId}
                error={failed?.id === conflict.conflictId ? failed.text : null}
                onChoose={(subject, choice) =>
                  decide(conflict, (decision) => choose(decision, conflict, [subject], choice))
                }
                onChooseAll={(choice) =>
                  decide(conflict, (decision) => choose(decision, conflict, subjectsOf(conflict), choice))
                }
                onAlways={(field, on) =>
                  decide(conflict, (decision) => ({
                    ...decision,
                    always: on ? [...decision.always, field] : decision.always.filter((each) => each !== field),
                  }))
                }
                onCandidate={(candidate) =>
                  decide(conflict, (decision) => ({
                    ...choose(decision, conflict, ['record'], 'theirs'),
                    candidate,
                  }))
                }
                onResolve={() => void resolve(conflict)}
              />
            ) : (
              <ResolvedLine
                key={conflict.conflictId}
                resolved={done}
                onReopened={() => forgetResolved(conflict.conflictId)}
              />
            ),
          )}
        </ul>
        {(resolvedCount.data ?? 0) > 0 && (
          <p className={styles.history}>
            <IconCircleCheck size={14} aria-hidden />
            {formatNumber(resolvedCount.data ?? 0)} resolved in the last 7 days. What was left out stands in each
            client’s timeline.
          </p>
        )}
        <RulesList />
      </div>
    </Place>
  )
}

function nameOf(conflict: ConflictView): string {
  const source = useHostState.getState().sources?.find((each) => each.sourceId === conflict.sourceId)
  return source?.name ?? 'Removed source'
}
