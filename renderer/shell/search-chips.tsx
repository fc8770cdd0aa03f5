import { IconX } from '@tabler/icons-react'
import { cx } from '../ui/cx.ts'
import styles from './search.module.css'
import { readToken } from './search-tokens.ts'

/** Whole filters, in front of the text. The last can be selected by Backspace. */
export function SearchChips(props: {
  readonly tokens: readonly string[]
  readonly lastSelected: boolean
  readonly onRemove: (token: string) => void
}) {
  const { tokens } = props
  if (tokens.length === 0) return null
  return (
    <span className={styles.tokens}>
      {tokens.map((token, index) => {
        const [field, value] = readToken(token)
        return (
          <span
            key={token}
            className={cx(styles.token, props.lastSelected && index === tokens.length - 1 && styles.tokenSelected)}
          >
            <span className={styles.tokenField}>{field}</span>
            <span className="ell" dir="auto">
              {value}
            </span>
            <button
              type="button"
              className={styles.tokenClose}
              aria-label={`Remove filter ${token}`}
              onClick={() => props.onRemove(token)}
            >
              <IconX size={12} aria-hidden />
            </button>
          </span>
        )
      })}
    </span>
  )
}
