import type { BenchClient } from './bench-client.ts'
import { Random, Zipf } from './random.ts'
import { makeWords } from './words.ts'

const words = makeWords()
const firstNames = new Zipf(words.first.length)
const lastNames = new Zipf(words.last.length)
const noteWords = new Zipf(words.notes.length)
const tagRanks = new Zipf(words.tags.length)
/** `#` is a digit. Written as people write them. */
const PHONES = [
  '+1 (###) ###-####',
  '(###) ###-####',
  '###-###-####',
  '###.###.####',
  '+1##########',
  '##########',
  '+49 30 #######',
  '+49 (0)30 ###-####',
  '0049 89 ########',
  '+44 20 #### ####',
  '+44 (0)20 ####-####',
  '020 #### ####',
  '+33 # ## ## ## ##',
  '0# ## ## ## ##',
  '+34 ### ## ## ##',
  '+48 ### ### ###',
  '+41 44 ### ## ##',
  '+81-3-####-####',
  '+86 1## #### ####',
  '### ### ####',
]
const MAILS = ['example.com', 'mail.example', 'post.example', 'fjord.example']

/** Makes clients of a corpus of `count`; each is the same whichever was made before it. */
export class Corpus {
  readonly seed: number
  readonly count: number
  readonly #companies: Zipf
  readonly #companyCount: number

  constructor(seed: number, count: number) {
    this.seed = seed
    this.count = count
    this.#companyCount = Math.max(20, Math.floor(count / 25))
    this.#companies = new Zipf(this.#companyCount, 0.8)
  }

  client(index: number): BenchClient {
    const random = new Random(this.seed, index)
    const { firstName, lastName } = nameOf(random)
    const company = random.chance(0.9) ? this.#company(this.#companies.draw(random)) : ''
    return {
      id: `c${index}`,
      firstName,
      lastName,
      company,
      email: random.chance(0.92) ? emailOf(random, firstName, lastName, company) : '',
      phone: random.chance(0.85) ? random.pick(PHONES).replace(/#/g, () => String(random.below(10))) : '',
      jobTitle: random.chance(0.8) ? random.pick(words.jobs) : '',
      location: random.chance(0.85) ? random.pick(words.cities) : '',
      tags: tagsOf(random),
      notes: notesOf(random),
    }
  }

  all(): BenchClient[] {
    return Array.from({ length: this.count }, (_, index) => this.client(index))
  }

  #company(rank: number): string {
    const root = words.companyRoots[rank % words.companyRoots.length] ?? ''
    const suffix = words.suffixes[(rank * 7 + Math.floor(rank / words.companyRoots.length)) % words.suffixes.length]
    return `${root} ${suffix}`
  }
}

function nameOf(random: Random): { firstName: string; lastName: string } {
  const script = random.next()
  if (script < 0.02) {
    const second = random.chance(0.6) ? random.pick(words.cjkFirst) : ''
    return { firstName: random.pick(words.cjkFirst) + second, lastName: random.pick(words.cjkLast) }
  }
  if (script < 0.04) return { firstName: random.pick(words.cyrillicFirst), lastName: random.pick(words.cyrillicLast) }
  return {
    firstName: words.first[firstNames.draw(random)] ?? '',
    lastName: words.last[lastNames.draw(random)] ?? '',
  }
}

function emailOf(random: Random, firstName: string, lastName: string, company: string): string {
  const first = ascii(firstName)
  const last = ascii(lastName)
  const host =
    random.chance(0.6) && company !== '' ? `${ascii(company.split(' ')[0] ?? '')}.example` : random.pick(MAILS)
  if (first === '' || last === '') return `client${random.below(100_000)}@${host}`
  const user = random.pick([
    `${first}.${last}`,
    `${first.charAt(0)}.${last}`,
    `${first}${random.below(100)}`,
    `${first}_${last}`,
  ])
  return `${user}@${host}`
}

function ascii(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll('ł', 'l')
    .replaceAll('ø', 'o')
    .replaceAll('ß', 'ss')
    .replace(/[^a-z]+/g, '')
}

function tagsOf(random: Random): readonly string[] {
  const tags = new Set<string>()
  for (let i = random.below(5); i > 0; i--) tags.add(words.tags[tagRanks.draw(random)] ?? '')
  return [...tags]
}

function notesOf(random: Random): string {
  const count = random.below(31)
  const said: string[] = []
  for (let i = 0; i < count; i++) said.push(words.notes[noteWords.draw(random)] ?? '')
  return said.join(' ')
}
