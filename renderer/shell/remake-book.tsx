import { useState } from 'react'
import { useHost } from '../bridge/app-context.tsx'
import { useCounts } from '../bridge/use-counts.ts'
import { DangerQuestion } from '../domain/danger-question.tsx'
import { errorLine } from '../text/error-text.ts'
import { remakeText } from '../text/storage-text.ts'
import { Button } from '../ui/button.tsx'

/** The way out of a database that nothing opens any more: thrown away by the browser, and filled anew. */
export function RemakeBook() {
  const host = useHost()
  const [asking, setAsking] = useState(false)
  const single = useCounts()?.unjournaled ?? 0
  const remake = async () => {
    const reply = await host.call['desktop.clearPageData']({})
    if (reply.ok) {
      // The dialog stays until the page goes: what is behind it is being taken away.
      if (reply.value.go === null) location.reload()
      else location.replace(reply.value.go)
    }
    return reply
  }
  return (
    <>
      <Button onClick={() => setAsking(true)}>Make the book anew…</Button>
      {asking && (
        <DangerQuestion
          label="Make the book anew"
          title="Make the book on this device anew?"
          action="Make it anew"
          onClose={() => setAsking(false)}
          onConfirm={remake}
          errorText={(error) => errorLine(error, { sourceName: 'This device', during: 'edit' })}
        >
          {remakeText(single)}
        </DangerQuestion>
      )}
    </>
  )
}
