import { Dexie } from '/dexie.mjs'

/**
 * The least that anybody could do: fetch the same pages, parse them, and `bulkPut` the same rows under their id, in a
 * worker, without index, check, checkpoint, search or progress.
 */
self.onmessage = (event) => {
  run(event.data).then(self.postMessage.bind(self), (cause) => self.postMessage({ failed: String(cause) }))
}

async function run({ baseUrl, key, limit }) {
  const db = new Dexie(`floor-${Math.random()}`, { chromeTransactionDurability: 'relaxed' })
  db.version(1).stores({ rows: 'id' })
  await db.open()
  const startedAt = performance.now()
  let rows = 0
  let pages = 0
  for (let offset = 0; ; offset += limit) {
    const response = await fetch(`${baseUrl}/clients?limit=${limit}&offset=${offset}&sortBy=createdAt&sortOrder=asc`, {
      headers: { authorization: `Bearer ${key}` },
    })
    const { data, total } = await response.json()
    pages++
    await db.rows.bulkPut(data)
    rows += data.length
    if (offset + data.length >= total || data.length === 0) break
  }
  const ms = performance.now() - startedAt
  await db.delete()
  return { ms, rows, pages }
}
