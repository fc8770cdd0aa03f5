import { IconSearchOff, IconUsers } from '@tabler/icons-react'
import { coverageText, missingTexts } from '../../domain/coverage.ts'
import { setSearchText } from '../../state/client-list.ts'
import { openNewClient } from '../../state/dialogs.ts'
import { useSources } from '../../state/host-state.ts'
import { openImport } from '../../state/import-files.ts'
import { formatCount, formatNumber } from '../../text/format.ts'
import { NAMES } from '../../text/names.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { useNow } from '../../ui/use-now.ts'

/** No result, or nothing read yet. Says what is incomplete before the user doubts. */
export function NoClients(props: { readonly text: string; readonly all: number }) {
  const sources = useSources()
  const now = useNow()
  const missing = missingTexts(sources, now)
  if (props.text === '') {
    const reading = sources.some((source) => source.state === 'syncing')
    return (
      <EmptyState
        icon={<IconUsers size={20} aria-hidden />}
        lead={reading ? 'Reading your clients' : 'No clients yet'}
        action={
          <div className="row">
            <Button onClick={() => openNewClient()}>Write down the first client</Button>
            <Button onClick={() => openImport()}>{NAMES.importClients}…</Button>
          </div>
        }
      >
        {reading ? 'They appear here as they arrive.' : `${coverageText(sources, now)}.`}
      </EmptyState>
    )
  }
  return (
    <EmptyState
      icon={<IconSearchOff size={20} aria-hidden />}
      lead={`No client matches “${props.text.trim()}”`}
      action={<Button onClick={() => setSearchText('')}>Clear search</Button>}
    >
      {missing.length === 0
        ? `Searched ${formatCount(props.all, 'client')} in ${formatNumber(sources.length)} complete ${sources.length === 1 ? 'source' : 'sources'}.`
        : `Searched ${formatCount(props.all, 'client')}. ${coverageText(sources, now)}: more may come. ${missing.slice(0, 2).join(' ')}`}
    </EmptyState>
  )
}
