import { describe, expect, it } from 'vitest'
import { parseRoute } from '../../../../renderer/state/route.ts'

describe('parseRoute', () => {
  it('reads places and clients', () => {
    expect(parseRoute('#/sources')).toEqual({ place: 'sources', clientId: null })
    expect(parseRoute('#/clients/cli_0123456789abcdef')).toEqual({
      place: 'clients',
      clientId: 'cli_0123456789abcdef',
    })
  })

  it('takes anything else for the list', () => {
    for (const hash of ['', '#', '#/', '#/nowhere', '#/clients/../../x', '#/clients/%E0%A4%A', '#/follow-ups']) {
      expect(parseRoute(hash)).toEqual({ place: 'clients', clientId: null })
    }
  })
})
