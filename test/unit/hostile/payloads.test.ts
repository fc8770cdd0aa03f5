import { expect, it } from 'vitest'
import { KINDS } from '../../fixtures/hostile/hostile-payload.ts'
import { PAYLOADS } from '../../fixtures/hostile/payloads.ts'

it('there are exactly two hundred payloads, all different, of every kind', () => {
  expect(PAYLOADS).toHaveLength(200)
  expect(new Set(PAYLOADS.map(({ kind, name }) => `${kind}: ${name}`)).size).toBe(200)
  const contents = PAYLOADS.map((payload) => JSON.stringify({ ...payload, name: '', kind: '' }))
  expect(new Set(contents).size).toBe(200)
  expect([...new Set(PAYLOADS.map(({ kind }) => kind))].sort()).toEqual([...KINDS].sort())
})
