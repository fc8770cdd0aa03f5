import { IconPlus, IconSearch } from '@tabler/icons-react'
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { MOD } from '../actions/keys.ts'
import { ACTIONS, isAvailable } from '../actions/registry.ts'
import { useActionContext } from '../actions/use-action-context.ts'
import { useStoreQuery } from '../bridge/use-store-query.ts'
import { FoundText } from '../domain/found-elsewhere.tsx'
import { markText } from '../domain/highlight.tsx'
import { openNewClient } from '../state/dialogs.ts'
import { openInEdit } from '../state/open-client.ts'
import { navigate } from '../state/route.ts'
import { foldText } from '../store/search/fold-text.ts'
import { parseQuery } from '../store/search/parse-query.ts'
import { wordsOf } from '../store/search/query/read-words.ts'
import { NAMES } from '../text/names.ts'
import { Avatar } from '../ui/avatar.tsx'
import { cx } from '../ui/cx.ts'
import { DialogFrame } from '../ui/dialog.tsx'
import { Kbd } from '../ui/kbd.tsx'
import styles from './command-palette.module.css'
import { problemText } from './problem-text.ts'

interface Entry {
  readonly id: string
  readonly group: 'Clients' | 'Do' | 'Go to'
  readonly icon: ReactNode
  /** What was found in it is marked, as it is in the hint. */
  readonly label: ReactNode
  readonly hint: ReactNode
  readonly keys: readonly string[]
  readonly run: () => void
  /** Ctrl+Enter, where it differs. */
  readonly runInEdit?: () => void
  /** Chosen by itself only where nothing else was found: `queue` is a place sooner than somebody's name. */
  readonly isLastResort?: boolean
}

const GROUPS = ['Clients', 'Do', 'Go to'] as const

/** Every client and every command behind one input. The open client's commands come first; `>` shows commands only. */
export function CommandPalette(props: { readonly onClose: () => void }) {
  const { onClose } = props
  const id = useId()
  const context = useActionContext()
  const [typed, setTyped] = useState('')
  const [at, setAt] = useState<number | null>(null)
  const list = useRef<HTMLDivElement>(null)
  const commandsOnly = typed.startsWith('>')
  const text = commandsOnly ? typed.slice(1).trim() : typed.trim()
  const words = wordsOf(foldText(text))
  const problems = commandsOnly ? [] : parseQuery(text).problems
  const found = useStoreQuery(
    'clients.list',
    commandsOnly || text === '' ? null : { text, sort: null, offset: 0, limit: 5 },
    ['clients'],
  ).data

  const entries: Entry[] = []
  if (!commandsOnly && text !== '') {
    for (const row of found?.rows ?? []) {
      const [elsewhere] = row.found?.elsewhere ?? []
      const marks = row.found?.marks
      entries.push({
        id: row.clientId,
        group: 'Clients',
        icon: <Avatar name={row.name} src={row.avatar} size={24} />,
        label: markText(row.name, marks?.name),
        hint:
          elsewhere !== undefined ? (
            <FoundText found={elsewhere} />
          ) : marks?.email !== undefined && marks.company === undefined ? (
            markText(row.email ?? '', marks.email)
          ) : row.company !== null ? (
            markText(row.company, marks?.company)
          ) : (
            markText(row.email ?? '', marks?.email)
          ),
        keys: [],
        run: () => navigate('clients', row.clientId),
        runInEdit: () => openInEdit(row.clientId),
      })
    }
  }
  for (const action of ACTIONS) {
    if (action.inPalette === false || !isAvailable(action, context)) continue
    const label = action.label(context)
    if (text !== '' && !matches(label, words) && action.id !== 'new-client') continue
    const named = action.id === 'new-client' && text !== '' && !matches(label, words)
    if (named && commandsOnly) continue
    entries.push({
      id: action.id,
      group: action.group,
      icon: named ? <IconPlus size={16} aria-hidden /> : <action.icon size={16} aria-hidden />,
      label: named ? `${label} “${text}”` : label,
      hint: action.hint?.(context) ?? '',
      keys: action.keys,
      run: named ? () => openNewClient(text) : () => action.run(context),
      isLastResort: named,
    })
  }
  const first = entries.findIndex((entry) => entry.isLastResort !== true)
  const current = Math.min(at ?? Math.max(0, first), Math.max(0, entries.length - 1))

  useEffect(() => {
    list.current?.querySelector(`[data-entry="${current}"]`)?.scrollIntoView({ block: 'nearest' })
  }, [current])

  const run = (entry: Entry, inEdit: boolean): void => {
    onClose()
    if (inEdit && entry.runInEdit !== undefined) entry.runInEdit()
    else entry.run()
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: (current + 1) % Math.max(1, entries.length),
      ArrowUp: (current - 1 + entries.length) % Math.max(1, entries.length),
      PageDown: Math.min(entries.length - 1, current + 8),
      PageUp: Math.max(0, current - 8),
    }
    const step = steps[event.key]
    if (step !== undefined) {
      event.preventDefault()
      setAt(step)
    } else if (event.key === 'Enter') {
      event.preventDefault()
      const entry = entries[current]
      if (entry !== undefined) run(entry, event.ctrlKey || event.metaKey)
    } else if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
      event.preventDefault()
      onClose()
    }
  }

  return (
    <DialogFrame
      role="dialog"
      label={NAMES.commandPalette}
      className={styles.palette}
      onClose={onClose}
      onKeyDown={onKeyDown}
    >
      <div className={styles.head}>
        <IconSearch size={16} aria-hidden />
        <input
          data-autofocus
          className={styles.input}
          role="combobox"
          aria-label="Find a client or a command"
          aria-expanded="true"
          aria-controls={`${id}-list`}
          aria-activedescendant={entries.length === 0 ? undefined : `${id}-${current}`}
          aria-autocomplete="list"
          autoComplete="off"
          spellCheck={false}
          placeholder="Find a client or a command"
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value)
            setAt(null)
          }}
        />
        <Kbd>Esc</Kbd>
      </div>
      <div role="status">
        {problems.map((problem) => (
          <p key={`${problem.from} ${problem.code}`} className={styles.problem}>
            {problemText(problem)} {problem.instead !== null && `Write ${problem.instead}`}
          </p>
        ))}
      </div>
      <div ref={list} id={`${id}-list`} role="listbox" aria-label="Results" className={styles.list}>
        {entries.length === 0 && <p className={styles.none}>Nothing matches “{text}”.</p>}
        {GROUPS.map((group) => {
          const own = entries.filter((entry) => entry.group === group)
          if (own.length === 0) return null
          return (
            // biome-ignore lint/a11y/useSemanticElements: a group of options, not of fields
            <div key={group} role="group" aria-label={group}>
              <div className={styles.group} aria-hidden>
                {group}
              </div>
              {own.map((entry) => {
                const index = entries.indexOf(entry)
                return (
                  // biome-ignore lint/a11y/useFocusableInteractive: the input keeps the focus
                  // biome-ignore lint/a11y/useKeyWithClickEvents: Enter in the input runs the current option
                  <div
                    key={entry.id}
                    id={`${id}-${index}`}
                    role="option"
                    aria-selected={index === current}
                    data-entry={index}
                    className={cx(styles.item, index === current && styles.current)}
                    onMouseMove={() => index !== current && setAt(index)}
                    onClick={(event) => run(entry, event.ctrlKey || event.metaKey)}
                  >
                    {entry.icon}
                    <span className={cx('ell', styles.label)} dir="auto">
                      {entry.label}
                    </span>
                    <span className={cx('ell', styles.hint)} dir="auto">
                      {entry.hint}
                    </span>
                    <span className={styles.keys}>
                      {group === 'Clients' && index === current ? <Kbd>↵</Kbd> : null}
                      {entry.keys.map((key) => (
                        <Kbd key={key}>{key}</Kbd>
                      ))}
                    </span>
                  </div>
                )
              })}
            </div>
          )
        })}
      </div>
      <div className={styles.foot} aria-hidden>
        <span>
          <Kbd>↑</Kbd>
          <Kbd>↓</Kbd>move
        </span>
        <span>
          <Kbd>↵</Kbd>open
        </span>
        <span>
          <Kbd>{MOD} ↵</Kbd>open in edit
        </span>
        <span className="spring" />
        <span>&gt; commands only</span>
      </div>
    </DialogFrame>
  )
}

/** Every word begins some word of the label. */
function matches(label: string, words: readonly string[]): boolean {
  const own = wordsOf(foldText(label))
  return words.every((word) => own.some((each) => each.startsWith(word)))
}
