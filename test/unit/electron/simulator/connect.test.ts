import { describe, expect, it } from 'vitest'
import { ask, testStartSimulator } from './test-simulator.ts'

const CONTACTS = '/api/connect/contacts'
interface Contact {
  readonly id: number
  readonly firstName: string | null
  readonly lastName: string | null
  readonly email: string | null
}

describe('the simulated Connect', () => {
  it('gives a bare array with the fields of the page', async () => {
    const server = (await testStartSimulator()).servers.connect
    const { status, body } = await ask(server, CONTACTS)
    expect(status).toBe(200)
    expect(body).toHaveLength(server.table.count())
    expect(Object.keys(body[0])).toEqual([
      'id',
      'email',
      'photo',
      'firstName',
      'lastName',
      'fullName',
      'jobTitle',
      'companyName',
      'phoneNumbers',
      'facebookUrl',
      'instagramUrl',
      'linkedinUrl',
      'note',
      'lastActivityAt',
      'createdAt',
      'leadStatus',
    ])
    expect(body.some((contact: { leadStatus: unknown }) => contact.leadStatus === null)).toBe(true)
    const phoneTypes = new Set(
      body.map(({ phoneNumbers: phones }: { phoneNumbers: unknown }) =>
        Array.isArray(phones) ? `list of ${typeof phones[0]}` : phones === null ? 'null' : typeof phones,
      ),
    )
    expect(phoneTypes).toEqual(new Set(['list of string', 'list of object', 'list of undefined', 'string', 'null']))
  })

  it('searches first name, last name and e-mail, case ignored', async () => {
    const server = (await testStartSimulator()).servers.connect
    for (const query of ['siobhán', "O'NEILL", 'siobhan@harbour.example']) {
      const { body } = await ask(server, `${CONTACTS}?query=${encodeURIComponent(query)}`)
      expect(body.map((contact: Contact) => contact.email)).toContain('siobhan@harbour.example')
      for (const contact of body) {
        const text = [contact.firstName, contact.lastName, contact.email].join(' ').toLowerCase()
        expect(text).toContain(query.toLowerCase())
      }
    }
    expect((await ask(server, `${CONTACTS}?query=nobodyatall`)).body).toEqual([])
  })

  it('creates with an e-mail or a first name, and answers with the fields of the example', async () => {
    const server = (await testStartSimulator()).servers.connect
    const sent = {
      email: 'jane@example.com',
      firstName: 'Jane',
      lastName: 'Smith',
      leadStatus: 1,
      phoneNumbers: ['+1 555'],
    }
    const made = await ask(server, CONTACTS, { method: 'POST', body: sent })
    expect(made.status).toBe(201)
    expect(Object.keys(made.body)).toEqual([
      'id',
      'email',
      'firstName',
      'lastName',
      'jobTitle',
      'companyName',
      'createdAt',
    ])
    const stored = (await ask(server, `${CONTACTS}?query=jane@example.com`)).body[0]
    expect(stored).toMatchObject({
      id: made.body.id,
      fullName: 'Jane Smith',
      phoneNumbers: ['+1 555'],
      leadStatus: { id: 1, label: 'Lead' },
    })
    expect((await ask(server, CONTACTS, { method: 'POST', body: { firstName: 'Ada' } })).status).toBe(201)
    expect((await ask(server, CONTACTS, { method: 'POST', body: { email: 'a@b.example' } })).status).toBe(201)
  })

  it.each([
    [{}, 'At least email or firstName is required'],
    [{ lastName: 'Smith', leadStatus: 1 }, 'At least email or firstName is required'],
    [{ email: '', firstName: '' }, 'At least email or firstName is required'],
    [{ email: 'siobhan@harbour' }, 'Invalid email'],
    [{ email: 'no', firstName: 'No' }, 'Invalid email'],
    [{ firstName: 'A', leadStatus: 99 }, 'Invalid lead status'],
    [{ firstName: 'A', leadStatus: 'lead' }, 'Invalid lead status'],
  ])('answers 400 to the create %j with "%s"', async (body, error) => {
    const server = (await testStartSimulator({ clients: 20 })).servers.connect
    const before = server.table.count()
    const answer = await ask(server, CONTACTS, { method: 'POST', body })
    expect([answer.status, answer.body]).toEqual([400, { error }])
    expect(server.table.count()).toBe(before)
  })

  it('lists lead statuses, names the user and the workspace, and can neither update nor delete', async () => {
    const server = (await testStartSimulator({ clients: 20 })).servers.connect
    const { body } = await ask(server, `${CONTACTS}/lead-statuses`)
    expect(Object.keys(body[0])).toEqual(['id', 'type', 'label', 'color', 'order'])
    expect(new Set(body.map(({ type }: { type: string }) => type))).toEqual(
      new Set(['lead', 'qualified', 'disqualified']),
    )
    expect((await ask(server, '/api/connect/me')).body).toEqual({
      details: { name: 'Łukasz Wójcik', email: 'lukasz@studiolumiere.example' },
      workspace: { name: 'Studio Lumière' },
    })
    expect((await ask(server, `${CONTACTS}/1`, { method: 'PATCH', body: {} })).status).toBe(404)
    expect((await ask(server, `${CONTACTS}/1`, { method: 'DELETE' })).status).toBe(404)
  })

  it('answers 401 with an error text, and takes the key elsewhere when told so', async () => {
    const server = (await testStartSimulator({ clients: 20 })).servers.connect
    const response = await fetch(server.source.baseUrl + CONTACTS)
    expect([response.status, await response.json()]).toEqual([401, { error: 'Invalid secret key' }])
    server.keyPlace.headerName = 'X-Secret'
    server.keyPlace.scheme = ''
    expect((await ask(server, CONTACTS)).status).toBe(401)
    expect((await ask(server, CONTACTS, { headers: { 'x-secret': server.source.key } })).status).toBe(200)
  })
})
