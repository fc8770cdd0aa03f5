import { IconDatabaseOff } from '@tabler/icons-react'
import type { AppError } from '../../shared/app-error.ts'
import { errorText } from '../text/error-text.ts'
import { Banner, NoteAction } from '../ui/banner.tsx'

/** Why a form could not be saved. The form stays with what was typed; where the store is in trouble, the work can leave as a file. */
export function SaveFailure(props: {
  readonly error: AppError
  readonly sourceName: string
  readonly onExport: () => void
}) {
  const { error } = props
  const { title, text } = errorText(error, { sourceName: props.sourceName, during: 'edit' })
  if (error.code !== 'storage') {
    return (
      <Banner tone="danger" role="alert" lead={title}>
        {text}
      </Banner>
    )
  }
  return (
    <Banner
      tone="danger"
      role="alert"
      icon={<IconDatabaseOff size={16} aria-hidden />}
      lead={title}
      action={<NoteAction onClick={props.onExport}>Export unsent work</NoteAction>}
    >
      Nothing was saved; what you typed stays in this form. {text}
    </Banner>
  )
}
