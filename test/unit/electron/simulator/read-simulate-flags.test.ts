import { describe, expect, it } from 'vitest'
import { readSimulateFlags } from '../../../../electron/simulator/read-simulate-flags.ts'

describe('readSimulateFlags', () => {
  it('has defaults', () => {
    expect(readSimulateFlags([])).toEqual({ clients: 1024, seed: '1', port: null, counts: {} })
  })

  it('reads both forms', () => {
    expect(readSimulateFlags(['--clients', '50', '--seed=spring', '--port-base', '4000', '--endors=50000'])).toEqual({
      clients: 50,
      seed: 'spring',
      port: 4000,
      counts: { endors: 50_000 },
    })
  })

  it.each([
    ['--client', '5'],
    ['--clients'],
    ['--clients', 'many'],
    ['--clients', '-1'],
    ['--port-base', '0'],
    ['--port-base', '65535'],
  ])('says what is wrong with %s %s', (...argv) => {
    expect(readSimulateFlags(argv)).toMatch(/^(Unknown flag|--)/)
  })
})
