import type { BenchClient } from '../../corpus/bench-client.ts'
import { fold } from '../../oracle/score.ts'

/** What peers are given: folded already, since most of them fold less than we do, with the phone's digits as one word. */
export interface PeerText {
  readonly id: string
  readonly name: string
  readonly company: string
  readonly email: string
  readonly tags: string
  readonly phone: string
  readonly job: string
  readonly location: string
  readonly notes: string
}

export const PEER_FIELDS = ['name', 'company', 'email', 'tags', 'phone', 'job', 'location', 'notes'] as const
/** As far as a peer lets fields weigh. */
export const PEER_WEIGHTS = { name: 8, company: 4, email: 4, tags: 4, phone: 4, job: 2, location: 2, notes: 1 }

export function peerText(client: BenchClient): PeerText {
  return {
    id: client.id,
    name: fold(`${client.firstName} ${client.lastName}`),
    company: fold(client.company),
    email: fold(client.email),
    tags: fold(client.tags.join(' ')),
    phone: client.phone.replace(/\D/g, ''),
    job: fold(client.jobTitle),
    location: fold(client.location),
    notes: fold(client.notes),
  }
}

/** In one line, names first. */
export function peerLine(client: BenchClient): string {
  const text = peerText(client)
  return PEER_FIELDS.map((field) => text[field])
    .filter((part) => part !== '')
    .join(' ')
}

/** A query as peers get it: folded, and a phone number as its digits. */
export function peerQuery(query: string): string {
  return /^[\d\s+()./-]+$/.test(query) ? query.replace(/\D/g, '') : fold(query)
}

export function peerWords(query: string): readonly string[] {
  return peerQuery(query).match(/[\p{L}\p{N}]+/gu) ?? []
}

export function indexOfId(id: string): number {
  return Number(id.slice(1))
}
