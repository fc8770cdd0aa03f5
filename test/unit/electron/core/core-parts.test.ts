import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createRedactor } from '../../../../electron/core/log/redact.ts'
import { openProfileDocument } from '../../../../electron/core/profile-document.ts'
import { createSequence } from '../../../../electron/core/sequence.ts'
import { failurePolicy } from '../../../../electron/core/sync/failure-policy.ts'
import { createTraffic } from '../../../../electron/core/traffic.ts'
import type { Log, ProfileFiles } from '../../../../electron/host/host.ts'

describe('traffic', () => {
  it('aborts what is under way the moment it is switched off, and lets new work go after', () => {
    const traffic = createTraffic(false)
    const before = traffic.signal()
    expect(before.aborted).toBe(false)
    traffic.setWorkOffline(true)
    expect(before.aborted).toBe(true)
    expect(traffic.allowed()).toBe(false)
    traffic.setWorkOffline(false)
    expect(traffic.allowed()).toBe(true)
    expect(traffic.signal().aborted).toBe(false)
  })

  it('needs both: a network, and the wish to use it', () => {
    const traffic = createTraffic(true)
    traffic.reportOnline(false)
    traffic.setWorkOffline(false)
    expect(traffic.allowed()).toBe(false)
    traffic.reportOnline(true)
    expect(traffic.allowed()).toBe(true)
  })

  it('tells of changes only', () => {
    const traffic = createTraffic(false)
    let told = 0
    traffic.onChange(() => {
      told += 1
    })
    traffic.setWorkOffline(false)
    traffic.reportOnline(true)
    expect(told).toBe(0)
    traffic.reportOnline(false)
    expect(told).toBe(1)
  })
})

describe('sequence', () => {
  it('goes on above everything an earlier process can have given out', () => {
    const first = createSequence()
    first.startEpoch(3)
    const last = first.next()
    const second = createSequence()
    second.startEpoch(4)
    expect(second.next()).toBeGreaterThan(last)
    expect(Number.isSafeInteger(second.next())).toBe(true)
  })
})

describe('redactor', () => {
  it('takes out a key, its encoded form and its ends', () => {
    const { remember, redact } = createRedactor()
    remember('sk_live_abc/def+ghi=123456')
    for (const leak of [
      'Bearer sk_live_abc/def+ghi=123456',
      'key=sk_live_abc%2Fdef%2Bghi%3D123456',
      'invalid key sk_live_***',
      'ends in i=123456',
    ]) {
      const clean = redact(leak)
      expect(clean).not.toMatch(/sk_live_|123456/)
    }
    expect(redact('nothing of it')).toBe('nothing of it')
  })
})

describe('profile document', () => {
  const log: Log = { info: () => undefined, warn: () => undefined, error: () => undefined }
  const inMemory = (content: Record<string, unknown>): ProfileFiles & { readonly aside: string[] } => {
    const aside: string[] = []
    return {
      aside,
      read: async (name) => content[name] ?? null,
      write: async (name, value) => {
        content[name] = value
      },
      remove: async (name) => {
        delete content[name]
      },
      setAside: async (name) => {
        aside.push(name)
        delete content[name]
      },
    }
  }
  const schema = z.object({ n: z.number() })

  it('sets aside what it cannot read, instead of writing over it', async () => {
    const files = inMemory({ 'a.json': { n: 'seven' } })
    const document = await openProfileDocument({ files, log, name: 'a.json', schema, initial: { n: 1 } })
    expect(document.get()).toEqual({ n: 1 })
    expect(files.aside).toEqual(['a.json'])
  })

  it('does the same where the file is no JSON at all', async () => {
    const files = inMemory({})
    const broken: ProfileFiles = { ...files, read: () => Promise.reject(new Error('no JSON')) }
    await openProfileDocument({ files: broken, log, name: 'a.json', schema, initial: { n: 1 } })
    expect(files.aside).toEqual(['a.json'])
  })

  it('F132 never says more than the disk holds: after a write that failed it is what was there before', async () => {
    const content: Record<string, unknown> = {}
    const files = inMemory(content)
    let locked = true
    const flaky: ProfileFiles = {
      ...files,
      write: async (name, value) => {
        if (locked) throw Object.assign(new Error('locked by a scanner'), { code: 'EBUSY' })
        content[name] = value
      },
    }
    const document = await openProfileDocument({ files: flaky, log, name: 'a.json', schema, initial: { n: 0 } })
    await expect(document.set({ n: 1 })).rejects.toThrow('locked')
    expect(document.get()).toEqual({ n: 0 })
    locked = false
    // Nothing of the refused value comes along with the next one.
    await document.set((before) => ({ n: before.n + 10 }))
    expect([document.get(), content['a.json']]).toEqual([{ n: 10 }, { n: 10 }])
  })

  it('adds up changes that were asked for together', async () => {
    const content: Record<string, unknown> = {}
    const document = await openProfileDocument({
      files: inMemory(content),
      log,
      name: 'a.json',
      schema,
      initial: { n: 0 },
    })
    await Promise.all([1, 2, 3].map((n) => document.set((before) => ({ n: before.n + n }))))
    expect([document.get(), content['a.json']]).toEqual([{ n: 6 }, { n: 6 }])
  })

  it('writes in order, so that the last value is the one on disk', async () => {
    const content: Record<string, unknown> = {}
    const files = inMemory(content)
    const slow: ProfileFiles = {
      ...files,
      write: async (name, value) => {
        await new Promise((resolve) => setTimeout(resolve, z.object({ n: z.number() }).parse(value).n === 1 ? 20 : 1))
        content[name] = value
      },
    }
    const document = await openProfileDocument({ files: slow, log, name: 'a.json', schema, initial: { n: 0 } })
    await Promise.all([document.set({ n: 1 }), document.set({ n: 2 })])
    expect(content['a.json']).toEqual({ n: 2 })
  })
})

describe('failure policy', () => {
  it('never asks again by itself with a dead key or a wrong address', () => {
    expect(failurePolicy({ code: 'key-rejected', status: 401, vendorText: null })).toBe('key')
    expect(failurePolicy({ code: 'not-found', what: 'list', status: 404 })).toBe('settings')
    expect(failurePolicy({ code: 'redirected', status: 302, location: null })).toBe('settings')
  })

  it('retries what may be over in a moment, and leaves to the schedule what will not', () => {
    expect(failurePolicy({ code: 'unreachable', reason: 'timeout', sent: true, detail: null })).toBe('retry')
    expect(failurePolicy({ code: 'unreachable', reason: 'tls', sent: false, detail: null })).toBe('schedule')
    expect(failurePolicy({ code: 'not-json', got: 'html', status: 200 })).toBe('schedule')
    expect(failurePolicy({ code: 'not-json', got: 'cut-short', status: 200 })).toBe('retry')
  })
})
