import init, { type Db, type Sqlite3 } from '@sqlite.org/sqlite-wasm'
import type { BenchEngine } from '../bench-engine.ts'
import { indexOfId, PEER_FIELDS, PEER_WEIGHTS, peerText, peerWords } from './peer-text.ts'

const TOKENIZERS = {
  words: `unicode61 remove_diacritics 2', prefix='1 2 3`,
  trigram: 'trigram',
} as const
const WEIGHTS = PEER_FIELDS.map((field) => PEER_WEIGHTS[field]).join(', ')

/** FTS5 in a database in memory, ranked by bm25 with our weights. */
export async function createSqlite(tokenizer: keyof typeof TOKENIZERS): Promise<BenchEngine> {
  const sqlite: Sqlite3 = await init()
  let db: Db = new sqlite.oo1.DB(':memory:')
  const insert = `INSERT INTO clients(rowid, ${PEER_FIELDS.join(', ')}) VALUES (?, ${PEER_FIELDS.map(() => '?').join(', ')})`
  return {
    build: (clients) => {
      db.exec(`CREATE VIRTUAL TABLE clients USING fts5(${PEER_FIELDS.join(', ')}, tokenize='${TOKENIZERS[tokenizer]}')`)
      db.exec('BEGIN')
      const statement = db.prepare(insert)
      for (const client of clients) {
        const text = peerText(client)
        statement.bind([indexOfId(client.id), ...PEER_FIELDS.map((field) => text[field])]).step()
        statement.reset()
      }
      statement.finalize()
      db.exec('COMMIT')
    },
    save: () => sqlite.capi.sqlite3_js_db_export(db),
    load: (saved: Uint8Array) => {
      db = new sqlite.oo1.DB(':memory:')
      const { SQLITE_DESERIALIZE_FREEONCLOSE: free, SQLITE_DESERIALIZE_RESIZEABLE: resize } = sqlite.capi
      const at = sqlite.wasm.allocFromTypedArray(saved)
      db.checkRc(sqlite.capi.sqlite3_deserialize(db.pointer, 'main', at, saved.length, saved.length, free | resize))
    },
    search: (query, limit) => {
      const words = peerWords(query)
      if (words.length === 0) return []
      const rows = tokenizer === 'trigram' ? byTrigrams(db, words, limit) : byWords(db, words, limit)
      return rows.map((id) => `c${String(id)}`)
    },
    update: (client) => {
      const text = peerText(client)
      db.exec({ sql: 'DELETE FROM clients WHERE rowid = ?', bind: [indexOfId(client.id)] })
      db.exec({ sql: insert, bind: [indexOfId(client.id), ...PEER_FIELDS.map((field) => text[field])] })
    },
    remove: (id) => {
      db.exec({ sql: 'DELETE FROM clients WHERE rowid = ?', bind: [indexOfId(id)] })
    },
  }
}

function byWords(db: Db, words: readonly string[], limit: number): readonly unknown[] {
  const match = words.map((word) => `"${word}"*`).join(' ')
  return db.selectValues(`SELECT rowid FROM clients WHERE clients MATCH ? ORDER BY bm25(clients, ${WEIGHTS}) LIMIT ?`, [
    match,
    limit,
  ])
}

/** Words of fewer than three letters have no trigram: they are looked for row by row. */
function byTrigrams(db: Db, words: readonly string[], limit: number): readonly unknown[] {
  const long = words.filter((word) => word.length >= 3)
  const short = words.filter((word) => word.length < 3)
  const line = PEER_FIELDS.join(` || ' ' || `)
  const likes = short.map(() => `(${line}) LIKE ?`)
  const match = long.length === 0 ? [] : ['clients MATCH ?']
  const order = long.length === 0 ? 'rowid' : `bm25(clients, ${WEIGHTS})`
  return db.selectValues(
    `SELECT rowid FROM clients WHERE ${[...match, ...likes].join(' AND ')} ORDER BY ${order} LIMIT ?`,
    [
      ...(long.length === 0 ? [] : [long.map((word) => `"${word}"`).join(' ')]),
      ...short.map((word) => `%${word}%`),
      limit,
    ],
  )
}
