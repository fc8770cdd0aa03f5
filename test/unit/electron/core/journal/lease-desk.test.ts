import { expect, test } from 'vitest'
import { createIntentJournal } from '../../../../../electron/core/journal/intent-journal.ts'
import { createLeaseDesk, profileSchema } from '../../../../../electron/core/journal/lease-desk.ts'
import { openProfileDocument } from '../../../../../electron/core/profile-document.ts'
import { createDatabaseId } from '../../../../../shared/ids.ts'
import { testCreateRandom } from '../../../../support/test-create-clock.ts'
import { testCreateInstallation } from '../../../../support/test-create-installation.ts'
import { testCreateJournalFiles } from '../../../../support/test-create-journal-files.ts'

const log = { info: () => undefined, warn: () => undefined, error: () => undefined }
const NOBODY = {
  database: 'd',
  databaseId: null,
  commit: 0,
  unconfirmedFrom: null,
  journaledRows: 0,
  clients: 0,
  epoch: 0,
}

async function testOpenDesk(
  disk: Map<string, Uint8Array>,
  documents: Map<string, unknown>,
  write: (name: string, value: unknown) => void = (name, value) => void documents.set(name, value),
) {
  const journal = createIntentJournal({ files: testCreateJournalFiles(disk), log })
  const profile = await openProfileDocument({
    files: {
      read: async (name) => documents.get(name) ?? null,
      write: async (name, value) => write(name, value),
      remove: async () => undefined,
      setAside: async () => undefined,
    },
    log,
    name: 'profile.json',
    schema: profileSchema,
    initial: profileSchema.parse({ v: 1, profileId: 'profile0', epoch: 0 }),
  })
  return { journal, desk: createLeaseDesk({ host: { log, installation: testCreateInstallation() }, journal, profile }) }
}

test('F138 a lease that was noted in the journal and then lost in a crash (point 18): the next number is higher still', async () => {
  const disk = new Map<string, Uint8Array>()
  const documents = new Map<string, unknown>()
  const first = await testOpenDesk(disk, documents)
  expect(await first.desk.request(NOBODY)).toMatchObject({ ok: true, value: { epoch: 1 } })
  const second = await testOpenDesk(disk, documents, () => {
    throw Object.assign(new Error('no room'), { code: 'ENOSPC' })
  })
  // Not given out: nobody may write under a number that is not kept.
  expect(await second.desk.request(NOBODY)).toEqual({ ok: false, error: { code: 'storage', kind: 'full' } })
  const third = await testOpenDesk(disk, documents)
  expect(await third.desk.request(NOBODY)).toMatchObject({ ok: true, value: { epoch: 3 } })
})

test('two workers that ask at once get two numbers, and the first one can store nothing more', async () => {
  const { desk, journal } = await testOpenDesk(new Map(), new Map())
  const [one, two] = await Promise.all([desk.request(NOBODY), desk.request(NOBODY)])
  if (!one.ok || !two.ok) throw new Error('no lease')
  expect(two.value.epoch).toBe(one.value.epoch + 1)
  const databaseId = createDatabaseId(testCreateRandom(1))
  const part = { databaseId, commit: 0, part: 0, last: true, rows: [] }
  const calls = desk.handlers(() => true)
  expect(await calls['journal.rebuild']({ epoch: one.value.epoch, ...part })).toMatchObject({
    error: { kind: 'fenced' },
  })
  expect(await calls['journal.rebuild']({ epoch: two.value.epoch, ...part })).toMatchObject({ ok: true })
  expect(journal.facts().databaseId).toBe(databaseId)
  const late = desk.handlers(() => false)
  expect(await late['journal.append']({ epoch: two.value.epoch, commits: [] })).toMatchObject({
    error: { kind: 'fenced' },
  })
})
