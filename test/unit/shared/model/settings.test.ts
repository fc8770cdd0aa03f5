import { describe, expect, it } from 'vitest'
import { hostApi } from '../../../../shared/ipc/host-contract.ts'
import { settingsSchema } from '../../../../shared/model/settings.ts'

describe('a change of the settings', () => {
  it('says nothing of what it does not change, so that a theme cannot switch Work offline off', () => {
    expect(hostApi['settings.set'].input.parse({ theme: 'dark' })).toEqual({ theme: 'dark' })
    expect(hostApi['settings.set'].input.parse({})).toEqual({})
  })

  it('knows every setting there is', () => {
    const all = settingsSchema.parse({})
    expect(hostApi['settings.set'].input.parse(all)).toEqual(all)
  })
})
