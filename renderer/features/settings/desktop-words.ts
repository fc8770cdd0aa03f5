import type { DesktopState } from '../../../shared/model/desktop.ts'

/** Sentences of Desktop and Notifications: what a switch does, or why the system did not do it. */

export function trayText(isOn: boolean, state: DesktopState | null): string {
  const does = 'Shows the sync status beside the clock, with quick add and quick search.'
  if (!isOn) return `${does} Closing the window then keeps the sync going.`
  if (state?.tray === 'refused') return 'This desktop shows no tray icons, so closing the window ends Clientele.'
  if (state?.closing === 'minimizes')
    return `${does} Nobody can tell whether this desktop shows it, so closing the window only minimizes it.`
  return `${does} Closing the window keeps the sync going; the icon brings it back, or quits.`
}

export function loginText(isOn: boolean, state: DesktopState | null): string {
  if (isOn && state?.startAtLogin === 'refused')
    return 'The system did not take it. Look for Clientele among the programs that start at login in its settings.'
  return 'Clientele starts with your session.'
}

export function quickSearchText(keys: string | null, state: DesktopState | null): string {
  if (keys !== null && state?.quickSearchKeys === 'refused')
    return 'These keys do not work: another program has them, or this desktop hands out none. Choose others.'
  return 'Keys that bring the search up while another program has the focus.'
}

export function notificationsText(state: DesktopState | null): string | null {
  if (state?.notifications !== 'refused') return null
  return 'The system did not show the last notification. Allow notifications of Clientele in the system’s settings.'
}

/** What is wrong with two times, or null. */
export function quietHoursProblem(from: string, until: string): string | null {
  if (from === '' || until === '') return 'Enter both times, such as 22:00 and 07:00.'
  if (from === until) return 'Both times are the same. Enter two that differ, or switch quiet hours off.'
  return null
}

/** `Nothing is shown from 22:00 to 07:00 the next day.` */
export function quietHoursText(from: string, until: string): string {
  const next = from > until ? ' the next day' : ''
  return `Nothing is shown from ${from} to ${until}${next}. What came in is told once, afterwards.`
}
