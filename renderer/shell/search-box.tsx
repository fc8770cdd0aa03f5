import { IconSearch, IconX } from '@tabler/icons-react'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { setSearchText, useClientList } from '../state/client-list.ts'
import { onFocusSearch } from '../state/focus.ts'
import { navigate, useRoute } from '../state/route.ts'
import { NAMES } from '../text/names.ts'
import { cx } from '../ui/cx.ts'
import { Kbd } from '../ui/kbd.tsx'
import { joinSearch, readToken, splitSearch } from './search-tokens.ts'
import styles from './shell.module.css'

/** The search of the whole app. Typing anywhere brings the list; filters become tokens once a space follows them. */
export function SearchBox() {
  const text = useClientList((state) => state.text)
  const { place } = useRoute()
  const input = useRef<HTMLInputElement>(null)
  const [tokenSelected, setTokenSelected] = useState(false)
  const { tokens, rest } = splitSearch(text)

  useEffect(
    () =>
      onFocusSearch(() => {
        input.current?.focus()
        input.current?.select()
      }),
    [],
  )

  const change = (next: string): void => {
    setTokenSelected(false)
    setSearchText(next)
    if (place !== 'clients') navigate('clients')
  }

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    const field = event.currentTarget
    if (event.key === 'Backspace' && field.selectionStart === 0 && field.selectionEnd === 0 && tokens.length > 0) {
      event.preventDefault()
      if (tokenSelected) change(joinSearch({ tokens: tokens.slice(0, -1), rest }))
      else setTokenSelected(true)
      return
    }
    setTokenSelected(false)
    if (event.key === 'Escape') {
      event.preventDefault()
      event.stopPropagation()
      if (text === '') field.blur()
      else change('')
    }
    if (event.key === 'ArrowDown' || event.key === 'Enter') {
      const cell = document.querySelector<HTMLElement>('[role="grid"] [role="row"] [tabindex="0"]')
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
                    change(joinSearch({ tokens: tokens.filter((each) => each !== token), rest }))
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
        value={rest}
        onChange={(event) => change(joinSearch({ tokens, rest: event.currentTarget.value }))}
        onKeyDown={onKeyDown}
        onBlur={() => setTokenSelected(false)}
      />
      {text === '' ? (
        <Kbd>/</Kbd>
      ) : (
        <button
          type="button"
          className={styles.clear}
          aria-label="Clear search"
          onClick={() => {
            change('')
            input.current?.focus()
          }}
        >
          <IconX size={16} aria-hidden />
        </button>
      )}
    </search>
  )
}
