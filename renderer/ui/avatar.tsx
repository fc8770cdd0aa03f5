import { useState } from 'react'
import { cx } from './cx.ts'
import styles from './primitives.module.css'

const SIZES = { 24: styles.avatar24, 32: styles.avatar32, 40: undefined } as const

/** First letters of the first two words; one letter for scripts without capitals, such as CJK. */
export function initialsOf(name: string): string {
  const words = name.split(/[\s.@_]+/u).filter((word) => /\p{L}|\p{N}/u.test(word))
  const first = firstLetter(words[0])
  if (first === '') return '–'
  if (first.toUpperCase() === first.toLowerCase()) return first
  return (first + firstLetter(words[1])).toUpperCase()
}

function firstLetter(word: string | undefined): string {
  if (word === undefined) return ''
  return [...word].find((character) => /\p{L}|\p{N}/u.test(character)) ?? ''
}

/** The picture the host has cached, else initials on grey. Decoration: the name stands beside it. */
export function Avatar(props: { readonly name: string; readonly src?: string | null; readonly size?: 24 | 32 | 40 }) {
  const [failed, setFailed] = useState<string | null>(null)
  const { src = null, size = 40 } = props
  return (
    <span aria-hidden className={cx(styles.avatar, SIZES[size])}>
      {src !== null && src !== failed ? (
        <img src={src} alt="" onError={() => setFailed(src)} />
      ) : (
        initialsOf(props.name)
      )}
    </span>
  )
}
