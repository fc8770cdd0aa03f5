import { IconX } from '@tabler/icons-react'
import { type KeyboardEvent, useState } from 'react'
import { cx } from '../../ui/cx.ts'
import type { FieldBinding } from '../../ui/form-field.tsx'
import { Tag } from '../../ui/tag.tsx'
import styles from './client-form.module.css'
import { splitTags } from './form-values.ts'

/** Chips and a text input in one box. What stands in the input counts as a tag too, so that Save never loses it. */
export function TagsInput(props: {
  readonly binding: FieldBinding
  readonly value: readonly string[]
  readonly changed: boolean
  readonly onChange: (tags: readonly string[]) => void
}) {
  const [typed, setTyped] = useState('')
  const pending = splitTags(typed)
  const kept = props.value.filter((tag) => !pending.includes(tag) || typed === '')
  const type = (text: string): void => {
    setTyped(text)
    props.onChange([...new Set([...kept, ...splitTags(text)])])
  }
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if ((event.key === 'Enter' && !event.ctrlKey && !event.metaKey) || event.key === ',') {
      if (typed.trim() === '') return
      event.preventDefault()
      setTyped('')
    } else if (event.key === 'Backspace' && typed === '' && kept.length > 0) {
      props.onChange(kept.slice(0, -1))
    }
  }
  return (
    <div className={cx(styles.tagsBox, props.changed && styles.tagsChanged)}>
      {kept.map((tag) => (
        <Tag key={tag}>
          {tag}
          <button
            type="button"
            className={styles.tagRemove}
            aria-label={`Remove ${tag}`}
            onClick={() => props.onChange(props.value.filter((each) => each !== tag))}
          >
            <IconX size={12} aria-hidden />
          </button>
        </Tag>
      ))}
      <input
        {...props.binding}
        type="text"
        className={styles.tagsInput}
        autoComplete="off"
        spellCheck={false}
        dir="auto"
        placeholder={kept.length === 0 ? '' : 'Add tag'}
        value={typed}
        onChange={(event) => type(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        onBlur={() => setTyped('')}
      />
    </div>
  )
}
