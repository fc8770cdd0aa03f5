/** One invented person; the same number is always the same person. */
export interface Person {
  readonly first: string
  readonly last: string
  readonly email: string
  readonly company: string
  readonly phone: string
}

/** Names that a search, a sort or a column may stumble over come first. */
const FIRST = ['Zoë', 'Seán', 'Ольга', 'Jürgen', 'Anna', 'Mei', 'Łukasz', 'Nora', 'Pedro', 'Aïcha'] as const
const LAST = [
  'Álvarez-Núñez',
  "O'Connor",
  'Петрова',
  'Weiß',
  'Larsen',
  '李',
  'Wójcik',
  'Bright',
  'García',
  'Benali',
] as const
const COMPANIES = ['Northwind', 'Atelier Brume', 'Kestrel Labs', 'Ôkto Design'] as const

export function person(n: number): Person {
  const first = FIRST[n % FIRST.length] ?? ''
  const last = LAST[(n + Math.floor(n / FIRST.length)) % LAST.length] ?? ''
  const number = String(n).padStart(4, '0')
  return {
    first,
    last: n < FIRST.length ? last : `${last} ${n}`,
    email: `person${n}@example.com`,
    company: COMPANIES[n % COMPANIES.length] ?? '',
    phone: `+1 (647) 555-${number}`,
  }
}

/** A time `n` minutes after the first of May 2026, as vendors write it. */
export function minute(n: number): string {
  return new Date(Date.UTC(2026, 4, 1) + n * 60_000).toISOString()
}
