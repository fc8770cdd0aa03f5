import { useNetwork } from '../../state/host-state.ts'
import { formatUntil } from '../../text/format.ts'
import { useNow } from '../../ui/use-now.ts'

/** The sentence of the toast after a delete: how long the source is not yet told, second by second. */
export function DeleteCountdown(props: {
  readonly name: string
  readonly sourceName: string
  /** When the delete may be sent; null where that is at once. */
  readonly sendsAt: number | null
}) {
  const now = useNow(1000)
  const network = useNetwork()
  return <>{deleteText(props, now, network.online && !network.workOffline)}</>
}

export function deleteText(
  toast: { readonly name: string; readonly sourceName: string; readonly sendsAt: number | null },
  now: number,
  online: boolean,
): string {
  const { name, sourceName, sendsAt } = toast
  if (!online) return `${name} is deleted here. ${sourceName} is told when you are online again.`
  if (sendsAt === null || sendsAt <= now) return `${name} is deleted here. ${sourceName} is being told.`
  return `${name} is deleted here. ${sourceName} is told ${formatUntil(sendsAt, now)}.`
}
