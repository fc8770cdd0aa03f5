import type { Prng } from '../prng.ts'
import { COMPANY_WORDS, type NameOrder, REGIONS, type Region } from './regions.ts'

export interface Person {
  readonly first: string
  readonly last: string
  /** How the name is written in one line: family name first where that is the custom. */
  readonly full: string
  readonly company: string
  readonly email: string
  readonly phone: string
  readonly region: Region
}

interface Name {
  readonly shown: string
  readonly letters: string
}

interface Pool {
  readonly region: Region
  readonly first: readonly Name[]
  readonly last: readonly Name[]
}

const POOLS: readonly Pool[] = REGIONS.map((region) => ({
  region,
  first: region.first.split('|').map(readName),
  last: region.last.split('|').map(readName),
}))

/** Every two hundredth person bears a name that no column is wide enough for. */
const LONG_NAME: Name = {
  shown: 'Wolfeschlegelsteinhausenbergerdorff-Hohenlohe-Langenburg',
  letters: 'wolfeschlegelsteinhausenbergerdorff',
}

/** Somebody who does not exist. What is not looked at is not put together. */
export function inventPerson(random: Prng): Person {
  const { region, first, last } = random.pick(POOLS)
  const given = random.pick(first)
  const family = random.chance(0.005) ? LONG_NAME : random.pick(last)
  const pattern = random.pick(region.companies)
  const word = random.pick(COMPANY_WORDS)
  const isPlain = random.chance(0.6)
  const number = random.chance(0.4) ? '' : String(random.below(90) + 10)
  const phonePattern = random.pick(region.phones)
  const digits = random.below(1e9)
  const companyOf = (): string =>
    pattern.replace('{last}', family === LONG_NAME ? 'Hohenlohe' : family.shown).replace('{word}', word)
  return {
    first: given.shown,
    last: family.shown,
    region,
    get full() {
      return joinName(given.shown, family.shown, region.nameOrder ?? 'given-first')
    },
    get company() {
      return companyOf()
    },
    get email() {
      const local = isPlain ? given.letters : `${given.letters.slice(0, 1)}.${family.letters}`
      return `${local}${number}@${domainLetters(companyOf()) || family.letters}.example`
    },
    get phone() {
      let left = digits
      return phonePattern.replace(/#/g, () => {
        const digit = left % 10
        left = Math.floor(left / 10)
        return String(digit)
      })
    },
  }
}

const domains = new Map<string, string>()

/** As `latinLetters`, remembered: there are a few thousand companies and many more people. */
function domainLetters(company: string): string {
  const known = domains.get(company)
  if (known !== undefined) {
    return known
  }
  const letters = latinLetters(company)
  domains.set(company, letters)
  return letters
}

/** `渡辺 結衣`, `김서연`, `Zoë Álvarez-Núñez`: for a name whose region nobody knows. */
export function fullName(first: string, last: string): string {
  if (/\p{Script=Hangul}|林|陳|黃|張|吳|蔡|歐陽/u.test(last)) {
    return joinName(first, last, 'family-first')
  }
  return joinName(first, last, /\p{Script=Han}/u.test(last) ? 'family-first-spaced' : 'given-first')
}

function joinName(first: string, last: string, order: NameOrder): string {
  if (order === 'given-first') {
    return `${first} ${last}`
  }
  return order === 'family-first' ? `${last}${first}` : `${last} ${first}`
}

/** The digits of a phone number with its country: `+34612555018`. Extensions fall away. */
export function phoneToE164(phone: string, fallbackCountry: string): string {
  const plain = phone.replace(/ext.*$/, '').replace(/\(0\)/, '')
  const digits = plain.replace(/\D/g, '')
  if (plain.includes('+')) {
    return `+${digits}`
  }
  return plain.startsWith('00') ? `+${digits.slice(2)}` : `${fallbackCountry}${digits.replace(/^0/, '')}`
}

/** The letters of a name that an address can hold: `dubois-lefevre`. */
export function latinLetters(text: string): string {
  return text
    .replace(/[øØ]/g, 'o')
    .replace(/[łŁ]/g, 'l')
    .replace(/ß/g, 'ss')
    .replace(/[æÆ]/g, 'ae')
    .replace(/[þÞ]/g, 'th')
    .replace(/[ðÐđ]/g, 'd')
    .replace(/ı/g, 'i')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '')
    .slice(0, 40)
}

function readName(entry: string): Name {
  const [shown = '', letters] = entry.split('=')
  return { shown, letters: letters ?? latinLetters(shown) }
}
