export const LEAD_STATUSES = [
  { id: 1, type: 'lead', label: 'Lead', color: '#3E9BD6', order: 1 },
  { id: 2, type: 'lead', label: 'Contacted', color: '#8B6FD6', order: 2 },
  { id: 3, type: 'qualified', label: 'Qualified', color: '#2FA36B', order: 3 },
  { id: 4, type: 'disqualified', label: 'Disqualified', color: '#C2575B', order: 4 },
] as const

export const CONNECT_USER = {
  details: { name: 'Łukasz Wójcik', email: 'lukasz@studiolumiere.example' },
  workspace: { name: 'Studio Lumière' },
} as const

/** The lead status as a contact carries it, or null for an id that does not exist. */
export function leadStatusOf(id: number): { id: number; label: string; color: string } | null {
  const found = LEAD_STATUSES.find((status) => status.id === id)
  return found === undefined ? null : { id: found.id, label: found.label, color: found.color }
}
