import { ShownText } from '../ui/shown-text.tsx'
import styles from './domain.module.css'

/**
 * The address if a page of the web may be opened with it, else null. Scripts, files, credentials and plain http stay
 * text, whoever wrote them (F178).
 */
export function webAddress(text: string): string | null {
  if (text.length > 2048) return null
  let url: URL
  try {
    url = new URL(text.trim())
  } catch {
    return null
  }
  return url.protocol === 'https:' && url.username === '' && url.password === '' ? url.href : null
}

/**
 * A value that may be an address of the web: a link where it is one, else just text. Always read from the left, and
 * where its host is written in letters that look like others, as the network knows it (`xn--…`).
 */
export function WebLink(props: { readonly text: string }) {
  const address = webAddress(props.text)
  if (address === null) return <ShownText text={props.text} />
  const isPlain = /^[\x21-\x7e]*$/.test(props.text.trim())
  return (
    <a className={styles.link} href={address} target="_blank" rel="noopener noreferrer" dir="ltr">
      <ShownText text={isPlain ? props.text : address} />
    </a>
  )
}
