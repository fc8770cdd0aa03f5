import type { ReactNode } from 'react'
import { textPieces } from '../../shared/display/visible-text.ts'
import classes from './shown-text.module.css'

/** More than a page of reading; the rest is in the original record. */
const MAX_SHOWN = 20_000

/** A text of somebody else's: what is hidden in it stands there as a mark that says what it is on hover. */
export function ShownText(props: { readonly text: string }): ReactNode {
  const pieces = textPieces(props.text, MAX_SHOWN)
  if (pieces.every((piece) => piece.hidden === null)) return pieces.map((piece) => piece.text).join('')
  return (
    <bdi className={classes.text}>
      {pieces.map((piece, at) =>
        piece.hidden === null ? (
          piece.text
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text have no other name
          <span key={at} className={classes.mark} title={piece.hidden}>
            {piece.text}
          </span>
        ),
      )}
    </bdi>
  )
}
