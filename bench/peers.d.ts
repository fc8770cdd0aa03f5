/**
 * The small part of the peers that the benches use. Declared here, so that the benches compile where the peers are not
 * installed (bench/package.json); these declarations take the place of the packages' own.
 */
declare module 'minisearch' {
  interface SearchOptions {
    prefix?: boolean
    fuzzy?: (term: string) => number
    combineWith?: 'AND' | 'OR'
    boost?: Record<string, number>
  }
  interface Options {
    fields: string[]
    storeFields?: string[]
    searchOptions?: SearchOptions
    tokenize?: (text: string) => string[]
  }
  export default class MiniSearch {
    constructor(options: Options)
    addAll(documents: readonly object[]): void
    replace(document: object): void
    discard(id: string): void
    search(query: string): { id: string }[]
    static loadJSON(json: string, options: Options): MiniSearch
  }
}

declare module 'flexsearch' {
  export class Index {
    constructor(options: { tokenize: 'forward' | 'full'; fastupdate?: boolean })
    add(id: number, text: string): this
    update(id: number, text: string): this
    remove(id: number): this
    search(query: string, options: { limit: number }): number[]
    export(take: (key: string, data: string | undefined) => void): Promise<void> | void
    import(key: string, data: string): void
  }
}

declare module '@orama/orama' {
  export interface Orama {
    readonly schema: object
  }
  export function create(options: { schema: Record<string, 'string'> }): Orama
  export function insertMultiple(db: Orama, documents: readonly object[], batch?: number): Promise<string[]> | string[]
  export function update(db: Orama, id: string, document: object): Promise<string> | string
  export function remove(db: Orama, id: string): Promise<boolean> | boolean
  export function search(
    db: Orama,
    how: { term: string; limit: number; tolerance: number; threshold: number; boost: Record<string, number> },
  ): Promise<{ hits: { id: string }[] }> | { hits: { id: string }[] }
  export function save(db: Orama): object
  export function load(db: Orama, saved: object): void
}

declare module '@leeoniya/ufuzzy' {
  export default class UFuzzy {
    constructor(options: { intraMode: 0 | 1; unicode?: boolean; interSplit?: string; intraSplit?: string })
    search(
      haystack: string[],
      needle: string,
      outOfOrder: number,
      infoLimit: number,
    ): [number[] | null, { idx: number[] } | null, number[] | null]
  }
}

declare module '@sqlite.org/sqlite-wasm' {
  export interface Statement {
    bind(values: readonly (string | number)[]): this
    step(): boolean
    get(at: number): unknown
    reset(): this
    finalize(): void
  }
  export interface Db {
    readonly pointer: number
    exec(sql: string | { sql: string; bind?: readonly (string | number)[] }): this
    prepare(sql: string): Statement
    selectValues(sql: string, bind?: readonly (string | number)[]): unknown[]
    close(): void
    checkRc(code: number): void
  }
  export interface OpfsPool {
    readonly OpfsSAHPoolDb: new (name: string) => Db
  }
  export interface Sqlite3 {
    readonly oo1: { readonly DB: new (name: string) => Db }
    /** Files of the origin, opened for one worker alone. */
    installOpfsSAHPoolVfs(options: object): Promise<OpfsPool>
    readonly wasm: { allocFromTypedArray(bytes: Uint8Array): number }
    readonly capi: {
      readonly SQLITE_DESERIALIZE_FREEONCLOSE: number
      readonly SQLITE_DESERIALIZE_RESIZEABLE: number
      sqlite3_js_db_export(db: Db): Uint8Array
      sqlite3_deserialize(db: number, schema: string, data: number, size: number, room: number, flags: number): number
    }
  }
  export default function init(): Promise<Sqlite3>
}

declare module 'pouchdb-browser' {
  export default class PouchDB {
    constructor(name: string)
    bulkDocs(documents: readonly object[]): Promise<unknown>
    put(document: object): Promise<{ rev: string }>
    get(id: string): Promise<object>
    allDocs(options: {
      include_docs: boolean
      keys?: readonly string[]
      limit?: number
    }): Promise<{ rows: readonly object[] }>
    close(): Promise<void>
  }
}

declare module 'rxdb/plugins/core' {
  export interface RxDocument {
    incrementalPatch(fields: object): Promise<unknown>
  }
  export interface RxCollection {
    bulkInsert(documents: readonly object[]): Promise<unknown>
    find(query?: object): { exec(): Promise<readonly RxDocument[]> }
    findOne(id: string): { exec(): Promise<RxDocument | null> }
    findByIds(ids: readonly string[]): { exec(): Promise<unknown> }
  }
  export interface RxDatabase {
    addCollections(collections: Record<string, { schema: object }>): Promise<Record<string, RxCollection>>
    close(): Promise<unknown>
  }
  export function createRxDatabase(options: {
    name: string
    storage: unknown
    multiInstance: boolean
  }): Promise<RxDatabase>
}

declare module 'rxdb/plugins/replication' {
  import type { RxCollection } from 'rxdb/plugins/core'
  export function replicateRxCollection<Row, Checkpoint>(options: {
    collection: RxCollection
    replicationIdentifier: string
    live: boolean
    waitForLeadership: boolean
    pull: {
      batchSize: number
      handler(checkpoint: Checkpoint | undefined): Promise<{
        documents: readonly (Row & { _deleted: boolean })[]
        checkpoint: Checkpoint
      }>
    }
  }): {
    readonly error$: { subscribe(listen: (cause: Error) => void): unknown }
    awaitInitialReplication(): Promise<unknown>
  }
}

declare module 'rxdb/plugins/storage-dexie' {
  export function getRxStorageDexie(): unknown
}
