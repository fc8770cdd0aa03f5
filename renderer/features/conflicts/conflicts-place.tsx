import { IconCircleCheck, IconGitFork } from '@tabler/icons-react'
import { useState } from 'react'
import type { ConflictId } from '../../../shared/ids.ts'
import type { ConflictChoice } from '../../../shared/model/conflict.ts'
import { useHost, useStore } from '../../bridge/app-context.tsx'
import { useStoreQuery } from '../../bridge/use-store-query.ts'
import type { ConflictView } from '../../store/store-contract.ts'
import { errorLine } from '../../text/error-text.ts'
import { formatNumber } from '../../text/format.ts'
import { NAMES } from '../../text/names.ts'
import { Banner } from '../../ui/banner.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Kbd } from '../../ui/kbd.tsx'
import { Place } from '../../ui/place.tsx'
import { ConflictCard } from './conflict-card.tsx'
import { type Choices, type ConflictSubject, decideAll, isDecided, storeChoices } from './conflict-words.ts'
import styles from './conflicts.module.css'
import { ResolvedLine } from './resolved-line.tsx'
import { useConflictKeys } from './use-conflict-keys.ts'

interface Resolved {
  readonly conflict: ConflictView
  readonly choices: Choices
}

const WEEK_MS = 7 * 24 * 60 * 60 * 1000
const NO_CHOICES: Choices = {}

/** Edits that met a change at the source: side by side, until the user has chosen. */
export function ConflictsPlace() {
  const host = useHost()
  const store = useStore()
  const [since] = useState(() => Date.now() - WEEK_MS)
  const conflicts = useStoreQuery('conflicts.list', {}, ['conflicts'])
  const resolvedCount = useStoreQuery('conflicts.resolvedCount', { since }, ['conflicts'])
  const [choices, setChoices] = useState<Readonly<Partial<Record<ConflictId, Choices>>>>({})
  const [busy, setBusy] = useState<ConflictId | null>(null)
  const [failed, setFailed] = useState<{ readonly id: ConflictId; readonly text: string } | null>(null)
  /** Folded cards stay where they were until the place is left, so that nothing jumps. */
  const [resolved, setResolved] = useState<readonly Resolved[]>([])

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

  const choose = (conflict: ConflictView, subject: ConflictSubject, choice: ConflictChoice): void =>
    setChoices((all) => ({
      ...all,
      [conflict.conflictId]: { ...all[conflict.conflictId], [subject]: choice },
    }))
  const chooseAll = (conflict: ConflictView, choice: ConflictChoice): void =>
    setChoices((all) => ({ ...all, [conflict.conflictId]: decideAll(conflict, choice) }))

  const resolve = async (conflict: ConflictView): Promise<void> => {
    const chosen = choices[conflict.conflictId] ?? NO_CHOICES
    if (busy !== null || !isDecided(conflict, chosen)) return
    setBusy(conflict.conflictId)
    setFailed(null)
    const reply = await store.call['conflict.resolve']({
      conflictId: conflict.conflictId,
      choices: storeChoices(conflict, chosen),
    })
    setBusy(null)
    if (!reply.ok) {
      setFailed({
        id: conflict.conflictId,
        text: errorLine(reply.error, { sourceName: 'This device', during: 'edit' }),
      })
      return
    }
    setResolved((all) => [...all, { conflict, choices: chosen }])
    await host.call['edits.push']({ sourceId: conflict.sourceId })
  }

  const list = useConflictKeys({ open, choices, onChoose: choose, onResolve: (conflict) => void resolve(conflict) })

  return (
    <Place
      title={NAMES.conflicts}
      count={open.length === 0 ? undefined : formatNumber(open.length)}
      ruled
      controls={open.length > 0 && <span className={styles.calm}>Nothing is overwritten until you decide.</span>}
      actions={
        open.length > 0 && (
          <span className={styles.keys} aria-hidden>
            <Kbd>M</Kbd> mine <Kbd>T</Kbd> theirs <Kbd>Ctrl ↵</Kbd> resolve
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
                choices={choices[conflict.conflictId] ?? NO_CHOICES}
                busy={busy === conflict.conflictId}
                error={failed?.id === conflict.conflictId ? failed.text : null}
                onChoose={(subject, choice) => choose(conflict, subject, choice)}
                onChooseAll={(choice) => chooseAll(conflict, choice)}
                onResolve={() => void resolve(conflict)}
              />
            ) : (
              <ResolvedLine key={conflict.conflictId} conflict={conflict} choices={done.choices} />
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
      </div>
    </Place>
  )
}
