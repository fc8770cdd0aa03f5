import type { DBCoreMutateRequest, Table } from 'dexie'

/** From now on the disk takes no write to this table for which `isRefused`, until what is returned is called. */
export function testRefuseWrites(
  { core }: Pick<Table, 'core'>,
  isRefused: (request: DBCoreMutateRequest) => boolean = () => true,
): () => void {
  const { mutate } = core
  core.mutate = (request) =>
    isRefused(request) ? Promise.reject(new Error('disk says no')) : mutate.call(core, request)
  return () => {
    core.mutate = mutate
  }
}
