import { IconSearch, IconX } from '@tabler/icons-react'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { setSearchParts, useClientList } from '../state/client-list.ts'
import { onFocusSearch } from '../state/focus.ts'
import { navigate, useRoute } from '../state/route.ts'
import { NAMES } from '../text/names.ts'
import { cx } from '../ui/cx.ts'
import { Kbd } from '../ui/kbd.tsx'
import { readToken, takeFilter } from './search-tokens.ts'
import styles from './shell.module.css'

/** The search of the whole app. It narrows the list and the board; typing anywhere else brings the list. Filters become tokens once a space follows them. */
export function SearchBox() {
  const { tokens, typed } = useClientList()
  const { place } = useRoute()
  const input = useRef<HTMLInputElement>(null)
  const wholeSelected = useRef(false)
  const [tokenSelected, setTokenSelected] = useState(false)
  const empty = tokens.length === 0 && typed === ''

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

  const change = (nextTokens: readonly string[], nextTyped: string): void => {
    setTokenSelected(false)
    setSearchParts(nextTokens, nextTyped)
    if (place !== 'clients' && place !== 'pipeline') navigate('clients')
  }
  /** A space after a filter makes it a token. Text that takes the place of all that was selected clears the tokens. */
  const onInput = (text: string, event: Event): void => {
    const spaced = event instanceof InputEvent && event.data === ' ' && text.endsWith(' ')
    const taken = spaced ? takeFilter(text) : null
    const kept = wholeSelected.current ? [] : tokens
    if (taken === null) change(kept, text)
    else change([...kept.filter((each) => each !== taken.token), taken.token], taken.rest)
  }

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    const field = event.currentTarget
    if (event.key === 'Backspace' && field.selectionStart === 0 && field.selectionEnd === 0 && tokens.length > 0) {
      event.preventDefault()
      if (tokenSelected) change(tokens.slice(0, -1), typed)
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

  return (
    <search className={styles.search}>
      <IconSearch size={16} aria-hidden />
      {tokens.length > 0 && (
        <span className={styles.tokens}>
          {tokens.map((token, index) => {
            const [field, value] = readToken(token)
            return (
              <span
                key={token}
                className={cx(styles.token, tokenSelected && index === tokens.length - 1 && styles.tokenSelected)}
              >
                <span className={styles.tokenField}>{field}</span>
                <span className="ell">{value}</span>
                <button
                  type="button"
                  className={styles.tokenClose}
                  aria-label={`Remove filter ${token}`}
                  onClick={() => {
                    change(
                      tokens.filter((each) => each !== token),
                      typed,
                    )
                    input.current?.focus()
                  }}
                >
                  <IconX size={12} aria-hidden />
                </button>
              </span>
            )
          })}
        </span>
      )}
      <input
        ref={input}
        type="search"
        className={styles.input}
        aria-label={NAMES.searchClients}
        placeholder={tokens.length === 0 ? NAMES.searchClients : ''}
        autoComplete="off"
        spellCheck={false}
        dir="auto"
        value={typed}
        onChange={(event) => onInput(event.currentTarget.value, event.nativeEvent)}
        onKeyDown={onKeyDown}
        onBlur={() => setTokenSelected(false)}
      />
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
    </search>
  )
}
