import { IconAlertTriangle, IconSearch, IconX } from '@tabler/icons-react'
import {
  type FocusEvent,
  type KeyboardEvent,
  useEffect,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import { searchTextOf, setSearchParts, useClientList } from '../state/client-list.ts'
import { onAskFilters, onFocusSearch } from '../state/focus.ts'
import { navigate, useRoute } from '../state/route.ts'
import { parseQuery } from '../store/search/parse-query.ts'
import type { QueryProblem } from '../store/search/query/query.ts'
import { unusedValues } from '../store/search/query/unused-values.ts'
import { formatCount } from '../text/format.ts'
import { NAMES } from '../text/names.ts'
import { Kbd } from '../ui/kbd.tsx'
import type { Completion, Completions } from './complete-query.ts'
import styles from './search.module.css'
import { SearchChips } from './search-chips.tsx'
import { optionId, SearchList } from './search-list.tsx'
import { SearchNotes } from './search-notes.tsx'
import { putInstead, takeFilter } from './search-tokens.ts'
import { useCompletion } from './use-completion.ts'
import { useKnownValues } from './use-known-values.ts'

/**
 * The search of the whole app. It narrows the list and the board; typing anywhere else brings the list. Filters become
 * tokens once a space follows them; what could be typed next, and what is wrong with what was, stands below the box.
 */
export function SearchBox() {
  const list = useClientList()
  const { tokens, typed } = list
  const { place } = useRoute()
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const wholeSelected = useRef(false)
  const nextCaret = useRef<number | null>(null)
  const [tokenSelected, setTokenSelected] = useState(false)
  const [focused, setFocused] = useState(false)
  const [caret, setCaret] = useState(0)
  const empty = tokens.length === 0 && typed === ''

  const query = useMemo(() => parseQuery(searchTextOf({ tokens, typed })), [tokens, typed])
  const namesValues = query.parts.some(({ field }) => field === 'status' || field === 'source' || field === 'tag')
  const { known, inUse } = useKnownValues(focused && namesValues)
  const problems = useMemo(() => [...query.problems, ...unusedValues(query, inUse)], [query, inUse])
  const wrong = problems.find((problem) => !problem.quiet)

  useEffect(
    () =>
      onFocusSearch(() => {
        input.current?.focus()
        input.current?.select()
      }),
    [],
  )

  useEffect(() => {
    const field = input.current
    if (field === null) return
    // React's own onBeforeInput does not tell of deletions.
    const look = (): void => {
      wholeSelected.current =
        field.value !== '' && field.selectionStart === 0 && field.selectionEnd === field.value.length
    }
    field.addEventListener('beforeinput', look)
    return () => field.removeEventListener('beforeinput', look)
  }, [])

  // Text that is put in by an option leaves the caret behind it, not at the end of all.
  useLayoutEffect(() => {
    if (nextCaret.current === null) return
    input.current?.setSelectionRange(nextCaret.current, nextCaret.current)
    nextCaret.current = null
  })

  const change = (nextTokens: readonly string[], nextTyped: string, nextAt = nextTyped.length): void => {
    setTokenSelected(false)
    setCaret(nextAt)
    setSearchParts(nextTokens, nextTyped)
    if (place !== 'clients' && place !== 'pipeline') navigate('clients')
  }
  const toToken = (kept: readonly string[], text: string): boolean => {
    const taken = takeFilter(text)
    if (taken !== null) change([...kept.filter((each) => each !== taken.token), taken.token], taken.rest)
    return taken !== null
  }
  /** A space after a filter makes it a token. Text that takes the place of all that was selected clears the tokens. */
  const onInput = (field: HTMLInputElement, event: Event): void => {
    const text = field.value
    const spaced = event instanceof InputEvent && /^\s$/u.test(event.data ?? '') && /\s$/u.test(text)
    const kept = wholeSelected.current ? [] : tokens
    if (!spaced || !toToken(kept, text)) change(kept, text, field.selectionStart ?? text.length)
  }
  const accept = ({ from, to }: Completions, option: Completion): void => {
    const head = typed.slice(0, from) + option.insert
    const tail = typed.slice(to)
    input.current?.focus()
    if (option.whole && tail.trim() === '' && toToken(tokens, `${head} `)) return
    nextCaret.current = head.length
    change(tokens, head + tail, head.length)
  }
  const useInstead = (problem: QueryProblem): void => {
    const next = putInstead({ tokens, typed }, problem)
    change(next.tokens, next.typed)
  }
  const completion = useCompletion(typed, caret, known, focused, accept)
  const { open } = completion

  useEffect(() =>
    onAskFilters(() => {
      const behind = typed === '' || typed.endsWith(' ') ? typed : `${typed} `
      input.current?.focus()
      nextCaret.current = behind.length
      change(tokens, behind)
      completion.ask(behind)
    }),
  )

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    const field = event.currentTarget
    // The key belongs to the keyboard that is putting a letter together.
    if (event.nativeEvent.isComposing) return
    if (completion.onKeyDown(event)) {
      event.preventDefault()
      event.stopPropagation()
      return
    }
    if (event.key === 'Backspace' && field.selectionStart === 0 && field.selectionEnd === 0 && tokens.length > 0) {
      event.preventDefault()
      if (tokenSelected) change(tokens.slice(0, -1), typed, 0)
      else setTokenSelected(true)
      return
    }
    setTokenSelected(false)
    if (event.key === 'Escape') {
      event.preventDefault()
      event.stopPropagation()
      if (empty) field.blur()
      else change([], '')
    }
    if (event.key === 'ArrowDown' || event.key === 'Enter') {
      const cell = document.querySelector<HTMLElement>(
        '[role="grid"] [role="row"] [tabindex="0"], [data-client-id][tabindex="0"]',
      )
      if (cell !== null) {
        event.preventDefault()
        cell.focus()
      }
    }
  }
  const onBlur = (event: FocusEvent): void => {
    if (event.currentTarget.contains(event.relatedTarget)) return
    setTokenSelected(false)
    setFocused(false)
  }

  return (
    <search className={styles.search} onFocus={() => setFocused(true)} onBlur={onBlur}>
      <IconSearch size={16} aria-hidden />
      <SearchChips
        tokens={tokens}
        lastSelected={tokenSelected}
        onRemove={(token) => {
          change(
            tokens.filter((each) => each !== token),
            typed,
          )
          input.current?.focus()
        }}
      />
      <input
        ref={input}
        type="search"
        className={styles.input}
        aria-label={NAMES.searchClients}
        aria-autocomplete="list"
        aria-controls={open === null ? undefined : `${id}-list`}
        aria-activedescendant={completion.at === null ? undefined : optionId(`${id}-list`, completion.at)}
        aria-invalid={wrong !== undefined}
        aria-describedby={problems.length > 0 ? `${id}-notes` : undefined}
        placeholder={tokens.length === 0 ? NAMES.searchClients : ''}
        autoComplete="off"
        spellCheck={false}
        dir="auto"
        value={typed}
        onChange={(event) => onInput(event.currentTarget, event.nativeEvent)}
        onSelect={(event) => setCaret(event.currentTarget.selectionEnd ?? 0)}
        onKeyDown={onKeyDown}
      />
      {wrong !== undefined && <IconAlertTriangle size={16} aria-hidden className={styles.wrong} />}
      {empty ? (
        <Kbd>/</Kbd>
      ) : (
        <button
          type="button"
          className={styles.clear}
          aria-label="Clear search"
          onClick={() => {
            change([], '')
            input.current?.focus()
          }}
        >
          <IconX size={16} aria-hidden />
        </button>
      )}
      {open !== null && (
        // biome-ignore lint/a11y/noStaticElementInteractions: keeps the focus where it is
        <div className={styles.below} onMouseDown={(event) => event.preventDefault()}>
          <SearchList
            id={`${id}-list`}
            list={open}
            at={completion.at}
            onPoint={completion.setAt}
            onTake={(option) => accept(open, option)}
          />
        </div>
      )}
      <div
        id={`${id}-notes`}
        role={wrong === undefined || open !== null ? 'status' : 'alert'}
        className={focused && open === null && problems.length > 0 ? styles.below : 'visually-hidden'}
      >
        {open !== null && formatCount(open.options.length, 'suggestion')}
        {open === null && <SearchNotes problems={problems} onUse={useInstead} />}
      </div>
    </search>
  )
}
