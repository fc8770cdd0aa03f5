import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { expect, test } from 'vitest'
import type { IdbFactory } from '../../../../renderer/store/database.ts'
import { closeBoth, openWhole } from '../../../../renderer/store/open-whole.ts'
import { sourceIdSchema } from '../../../../shared/ids.ts'

const OLD = { segmentId: 7, sourceId: sourceIdSchema.parse('src_0000000000000001'), n: 0, heads: '[]' }

/** Old rows turn up in the first database that is made anew, as in a browser that lost its index of files. */
function haunted(factory: IDBFactory): IdbFactory {
  let isFirst = true
  const indexedDB: IDBFactory = new Proxy(factory, {
    get: (target, name) => {
      if (name !== 'open') return Reflect.get(target, name).bind(target)
      return (...args: [string, number]) => {
        const request = target.open(...args)
        if (isFirst) {
          isFirst = false
          request.addEventListener('upgradeneeded', () => {
            queueMicrotask(() => request.transaction?.objectStore('heads').put(OLD))
          })
        }
        return request
      }
    },
  })
  return { indexedDB, IDBKeyRange }
}

test('F116 a database made anew that has old rows all the same is thrown away and made once more', async () => {
  const factory = new IDBFactory()
  const databases = await openWhole('x', haunted(factory), () => undefined)
  expect(await databases.strict.heads.count()).toBe(0)
  // Numbers begin anew, and no old row stands in their way.
  expect(await databases.strict.heads.add({ sourceId: OLD.sourceId, n: 0, heads: '[]' })).toBe(1)
  closeBoth(databases)
  const again = await openWhole('x', { indexedDB: factory, IDBKeyRange }, () => undefined)
  expect(await again.strict.heads.count()).toBe(1)
  closeBoth(again)
})
