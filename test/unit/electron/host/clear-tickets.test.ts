import { describe, expect, it } from 'vitest'
import { createClearTickets } from '../../../../electron/host/node/clear-tickets.ts'

describe('an address that clears what the browser keeps', () => {
  const ask = (tickets: ReturnType<typeof createClearTickets>, address: string) => {
    const url = new URL(address, 'http://localhost')
    return tickets.answer(url.pathname, url.searchParams)
  }

  it('is good once, clears storage and no cookie, and leads back', () => {
    const tickets = createClearTickets()
    const address = tickets.issue()
    expect(ask(tickets, address)).toMatchObject({
      status: 303,
      headers: { 'clear-site-data': '"storage"', location: '/', 'cache-control': 'no-store' },
    })
    expect(ask(tickets, address)?.status).toBe(403)
  })

  it('cannot be guessed, and is gone with the first guess', () => {
    const tickets = createClearTickets()
    expect(ask(tickets, '/clear-page-data')?.status).toBe(403)
    const address = tickets.issue()
    for (const wrong of [
      '/clear-page-data',
      '/clear-page-data?ticket=',
      `${address}x`,
      '/clear-page-data?ticket=undefined',
    ])
      expect(ask(tickets, wrong)?.headers).not.toHaveProperty('clear-site-data')
    expect(ask(tickets, address)?.status).toBe(403)
  })

  it('is one address and no other', () => {
    const tickets = createClearTickets()
    tickets.issue()
    expect(ask(tickets, '/')).toBeNull()
    expect(ask(tickets, '/clear-page-data/x')).toBeNull()
  })
})
