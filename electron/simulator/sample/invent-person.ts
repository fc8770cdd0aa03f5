import type { Prng } from '../prng.ts'
import { COMPANY_WORDS, REGIONS, type Region } from './regions.ts'

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

export function inventPerson(random: Prng): Person {
  const { region, first, last } = random.pick(POOLS)
  const given = random.pick(first)
  const family = random.chance(0.005) ? LONG_NAME : random.pick(last)
  const company = random
    .pick(region.companies)
    .replace('{last}', family === LONG_NAME ? 'Hohenlohe' : family.shown)
    .replace('{word}', random.pick(COMPANY_WORDS))
  const domain = latinLetters(company) || family.letters
  const local = random.chance(0.6) ? given.letters : `${given.letters.slice(0, 1)}.${family.letters}`
  const number = random.chance(0.4) ? '' : String(random.below(90) + 10)
  return {
    first: given.shown,
    last: family.shown,
    full: fullName(given.shown, family.shown),
    company,
    email: `${local}${number}@${domain}.example`,
    phone: random.pick(region.phones).replace(/#/g, () => String(random.below(10))),
    region,
  }
}

/** `渡辺 結衣`, `김서연`, `Zoë Álvarez-Núñez` */
export function fullName(first: string, last: string): string {
  if (/\p{Script=Hangul}|林|陳|黃|張|吳|蔡|歐陽/u.test(last)) {
    return `${last}${first}`
  }
  return /\p{Script=Han}/u.test(last) ? `${last} ${first}` : `${first} ${last}`
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
