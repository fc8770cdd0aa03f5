import type { BenchClient } from './bench-client.ts'
import type { Corpus } from './make-corpus.ts'
import { Random } from './random.ts'

export const QUERY_CLASSES = [
  'prefix',
  'full name',
  'swapped name',
  'typo',
  'folded',
  'phone',
  'e-mail',
  'company',
  'tag',
  'infix',
  'two fields',
  'other script',
  'job + city',
  'notes',
  'no hit',
] as const
export type QueryClass = (typeof QUERY_CLASSES)[number]

export interface BenchQuery {
  readonly kind: QueryClass
  readonly text: string
}

/** 31 of each class and 30 without a hit: 464. */
const PER_CLASS = 31
const LATIN = /^[\p{Script=Latin}'’-]+$/u

/** The queries of a corpus, asked for clients that are in it. */
export function makeQueries(corpus: Corpus): readonly BenchQuery[] {
  const queries: BenchQuery[] = []
  for (const [at, kind] of QUERY_CLASSES.entries()) {
    const random = new Random(corpus.seed ^ 0x51ed, at + 1)
    const seen = new Set<string>()
    const wanted = kind === 'no hit' ? PER_CLASS - 1 : PER_CLASS
    // A small corpus may not hold so many different ones (tags): then one comes twice.
    for (let tries = 0; seen.size < wanted && tries < 20_000; tries++) {
      const text = MAKERS[kind](corpus.client(random.below(corpus.count)), random, seen.size)
      if (text !== null && text.trim() !== '') seen.add(text)
    }
    const texts = [...seen]
    for (let i = 0; i < wanted; i++) queries.push({ kind, text: texts[i % texts.length] ?? '' })
  }
  return queries
}

/** A query that should find this client, or null where it has not what this class asks for. */
type Maker = (client: BenchClient, random: Random, at: number) => string | null

const MAKERS: Readonly<Record<QueryClass, Maker>> = {
  prefix: (client, random, at) => {
    const word = random.pick([client.firstName, client.lastName, client.company])
    const length = 1 + (at % 5)
    if (at % 6 === 5) {
      const rest = client.lastName.slice(0, 1 + random.below(3))
      return LATIN.test(client.firstName) ? `${client.firstName} ${rest}`.toLowerCase() : null
    }
    return word.length > length && /^\p{Script=Latin}/u.test(word) ? word.slice(0, length).toLowerCase() : null
  },
  'full name': (client) => latinName(client, (first, last) => `${first} ${last}`),
  'swapped name': (client, random) =>
    latinName(client, (first, last) => (random.chance(0.5) ? `${last} ${first}` : `${last}, ${first}`)),
  typo: (client, random) => {
    const word = random.pick([client.firstName, client.lastName, client.company.split(' ')[0] ?? ''])
    if (!LATIN.test(word) || plain(word).length < 5 || plain(word) !== word.toLowerCase()) return null
    const wrong = misspell(word.toLowerCase(), random)
    return random.chance(0.4) && word === client.lastName && LATIN.test(client.firstName)
      ? `${client.firstName.toLowerCase()} ${wrong}`
      : wrong
  },
  folded: (client, random) => {
    const word = random.pick([client.firstName, client.lastName, client.location])
    const bare = plain(word)
    return bare === word.toLowerCase() || !/^[a-z' -]+$/.test(bare) ? null : bare
  },
  phone: (client, random) => {
    const digits = client.phone.replace(/\D/g, '')
    if (digits === '') return null
    const length = 4 + random.below(5)
    const at = random.below(Math.max(1, digits.length - length))
    const part = digits.slice(at, at + length)
    const how = random.below(4)
    if (how === 0) return part
    if (how === 1) return client.phone
    const middle = Math.floor(part.length / 2)
    return how === 2
      ? `${part.slice(0, middle)}-${part.slice(middle)}`
      : `(${part.slice(0, middle)}) ${part.slice(middle)}`
  },
  'e-mail': (client, random) => {
    const [user = '', host = ''] = client.email.split('@')
    if (client.email === '') return null
    return random.pick([
      client.email,
      user,
      `${user}@`,
      `@${host.slice(0, 3 + random.below(6))}`,
      client.email.slice(0, user.length + 2 + random.below(3)),
      host,
    ])
  },
  company: (client, random) =>
    client.company === '' ? null : random.pick([client.company, client.company.split(' ')[0] ?? '']),
  tag: (client, random) => (client.tags.length === 0 ? null : random.pick(client.tags)),
  infix: (client, random) => {
    const word = plain(random.pick([client.lastName, client.company.split(' ')[0] ?? '', client.lastName]))
    if (!/^[a-z]{6,}$/.test(word)) return null
    const at = 1 + random.below(2)
    return word.slice(at, at + 3 + random.below(Math.min(3, word.length - at - 2)))
  },
  'two fields': (client, random) => {
    const name = random.pick([client.firstName, client.lastName])
    const other = random.pick([client.company.split(' ')[0] ?? '', client.location, client.tags[0] ?? ''])
    return name === '' || other === '' ? null : `${name} ${other}`.toLowerCase()
  },
  'other script': (client, random) => {
    if (!/^[\p{Script=Cyrillic}\p{Script=Han}\p{Script=Hangul}]/u.test(client.lastName)) return null
    return random.pick([
      client.lastName,
      client.firstName,
      client.lastName.slice(0, 2),
      client.firstName.slice(1, 3),
      `${client.lastName} ${client.firstName}`.toLowerCase(),
    ])
  },
  'job + city': (client) =>
    client.jobTitle === '' || client.location === '' ? null : `${client.jobTitle} ${client.location}`.toLowerCase(),
  notes: (client, random) => {
    const said = client.notes.split(' ')
    if (said.length < 4) return null
    const at = random.below(said.length - 2)
    return random.pick([said[at] ?? '', said.slice(at, at + 2).join(' '), said.slice(at, at + 3).join(' ')])
  },
  'no hit': (_, random) => {
    let word = ''
    for (let i = 0; i < 7; i++) word += random.pick(['zx', 'qv', 'xq', 'jz', 'wv', 'qk'])
    return random.chance(0.3) ? `maria ${word.slice(0, 9)}` : word.slice(0, 5 + random.below(6))
  },
}

function latinName(client: BenchClient, join: (first: string, last: string) => string): string | null {
  return LATIN.test(client.firstName) && LATIN.test(client.lastName) ? join(client.firstName, client.lastName) : null
}

/** Without what no keyboard of somebody else has. */
function plain(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replaceAll('ł', 'l')
    .replaceAll('ø', 'o')
    .replaceAll('ß', 'ss')
    .replaceAll('’', "'")
}

/** One letter changed, left out, put in, or two of them swapped; never the first. */
function misspell(word: string, random: Random): string {
  const at = 1 + random.below(word.length - 2)
  const letter = String.fromCharCode(97 + random.below(26))
  const how = random.below(4)
  const wrong =
    how === 0
      ? word.slice(0, at) + letter + word.slice(at + 1)
      : how === 1
        ? word.slice(0, at) + word.slice(at + 1)
        : how === 2
          ? word.slice(0, at) + letter + word.slice(at)
          : word.slice(0, at) + word.charAt(at + 1) + word.charAt(at) + word.slice(at + 2)
  return wrong === word ? misspell(word, random) : wrong
}
