/** What an engine gave to be kept, as one record of IndexedDB. */
export async function keepSaved(saved: unknown): Promise<void> {
  const db = await open()
  try {
    const transaction = db.transaction('saved', 'readwrite', { durability: 'strict' })
    transaction.objectStore('saved').put(saved, 1)
    await new Promise<void>((done, fail) => {
      transaction.oncomplete = () => done()
      transaction.onabort = () => fail(transaction.error ?? new Error('aborted'))
    })
  } finally {
    db.close()
  }
}

export async function readSaved(): Promise<unknown> {
  const db = await open()
  try {
    return await answered(db.transaction('saved').objectStore('saved').get(1))
  } finally {
    db.close()
  }
}

function open(): Promise<IDBDatabase> {
  const request = indexedDB.open('bench', 1)
  request.onupgradeneeded = () => request.result.createObjectStore('saved')
  return answered(request)
}

function answered<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((done, fail) => {
    request.onsuccess = () => done(request.result)
    request.onerror = () => fail(request.error ?? new Error('failed'))
  })
}

/** Bytes of it: buffers as they are, texts as UTF-8, 8 for whatever else there is. */
export function sizeOf(saved: unknown): number {
  if (typeof saved === 'string') return textBytes(saved)
  if (saved instanceof ArrayBuffer) return saved.byteLength
  if (ArrayBuffer.isView(saved)) return saved.byteLength
  if (saved instanceof Map) return sum([...saved.keys(), ...saved.values()])
  if (Array.isArray(saved)) return sum(saved)
  if (typeof saved === 'object' && saved !== null) return sum(Object.entries(saved).flat())
  return 8
}

function sum(values: readonly unknown[]): number {
  let bytes = 0
  for (const value of values) bytes += sizeOf(value)
  return bytes
}

function textBytes(text: string): number {
  return new Blob([text]).size
}
