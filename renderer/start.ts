/**
 * First script of the page. Zod compiles its parsers with `new Function` unless told otherwise before the first schema
 * exists; the content policy forbids that and would report each try. So this comes before everything that has schemas.
 */
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } })

void import('./main.tsx')

export {}
