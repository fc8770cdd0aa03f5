/** What the shell itself says. Everything about clients and sources is worded by the page. */
export const WORDS = {
  open: 'Open Clientele',
  quickSearch: 'Search clients…',
  quickAdd: 'New client…',
  syncAll: 'Sync all',
  quit: 'Quit Clientele',
  recentClients: 'Recent clients',
  goesOn: {
    title: 'Clientele goes on syncing',
    hides: 'Open it again from its icon beside the clock, or by starting it. To end it, choose Quit there.',
    minimizes:
      'It is minimized: this system may not show its icon beside the clock. To end it, choose Quit in the File menu.',
  },
  notWritten: {
    message: 'The PDF was not written.',
    detail: 'Choose another folder, or make room on the disk, and try again.',
  },
} as const

export function conflictsToDecide(count: number): string {
  return count === 1 ? '1 conflict to decide' : `${count} conflicts to decide`
}
