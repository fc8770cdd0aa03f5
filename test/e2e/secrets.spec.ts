import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from './fixtures.ts'
import { addAndWait, connectSource, fullEngageSource } from './support/add-sources.ts'
import { dumpBrowserStores } from './support/stores-dump.ts'

/** A key with signs that change under every encoding. */
const CANARY = 'ba_canary?§/+&%41=ü~zZ9'.replace('§', '-').replace('ü', 'u')

/** The canary as it is, in base64 at each of the three offsets, URI-encoded and JSON-escaped. */
function formsOf(secret: string): readonly string[] {
  const base64 = [0, 1, 2].map((offset) => {
    const text = Buffer.from(' '.repeat(offset) + secret).toString('base64')
    // Without the first and last group, which depend on the neighbours.
    return text.slice(offset === 0 ? 0 : 4, -4).replace(/=+$/, '')
  })
  return [
    secret,
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
    Buffer.from(secret).toString('hex'),
    ...base64,
  ]
}

function expectClean(text: string, where: string): void {
  for (const form of formsOf(CANARY)) expect(text.includes(form), `${form} in ${where}`).toBe(false)
}

function filesOf(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
}

test('a key is nowhere to be found after it was given', async ({ ui, app, vendors, consoleWatch, profile }) => {
  const receivedSoFar = await app.keepReceived()

  const vendor = await vendors.fullEngage(5)
  const connect = await vendors.connect(3)
  vendor.key = CANARY
  connect.key = CANARY
  await addAndWait(ui, { ...fullEngageSource(vendor), key: CANARY })
  await addAndWait(ui, { ...connectSource(connect), key: CANARY })

  // A vendor that repeats the key in its errors, in a test, a sync and an edit.
  vendor.weather = () => ({
    status: 400,
    json: { error: `bad request with Bearer ${CANARY} and ${encodeURIComponent(CANARY)}` },
  })
  await ui.sources.button('Full Engage', 'Sync now').click()
  await ui.sources.expectState('Full Engage', 'Error')
  vendor.weather = () => ({ status: 401, json: { error: `Invalid key ${CANARY}` } })
  await ui.sources.button('Full Engage', 'Sync now').click()
  await ui.sources.expectState('Full Engage', 'Key rejected')
  await ui.addSource.open()
  await ui.addSource.fill({ ...fullEngageSource(vendor), name: 'Again', key: CANARY })
  await ui.addSource.button('Test connection').click()
  await expect(ui.addSource.alert).toBeVisible()
  expectClean((await ui.addSource.alert.textContent()) ?? '', 'the answer to a test')
  await ui.addSource.button('Cancel').click()
  expectClean(await ui.page.locator('body').ariaSnapshot(), 'the page')
  vendor.weather = null
  await ui.sources.replaceKey('Full Engage', 'API key', CANARY)
  await ui.sources.expectState('Full Engage', 'Up to date')
  await ui.shell.goTo('Settings')

  const received = await receivedSoFar()
  expectClean(received.join('\n'), 'what the page received')
  expect(received.length, 'frames were seen at all').toBeGreaterThan(0)
  expectClean(await ui.page.content(), 'the document')
  expectClean(consoleWatch.everything(), 'the console')
  expectClean(await dumpBrowserStores(ui.page), 'the stores of the browser')
  await app.stop()
  expectClean(app.stdout() + app.stderr(), 'what the program printed')
  const files = filesOf(profile)
  expect(files.some((path) => path.endsWith('sources.json'))).toBe(true)
  for (const path of files) {
    expectClean(readFileSync(path).toString('latin1'), path)
    // Chromium's debugger, which only tests switch on, says in it where it listens.
    if (path.endsWith('DevToolsActivePort')) continue
    expect.soft(statSync(path).mode & 0o077, `${path} is for its user alone`).toBe(0)
  }
})
