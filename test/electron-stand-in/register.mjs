import { register } from 'node:module'

/** Gives whoever imports `electron` the stand-in beside this file. Needs `--import tsx` before it. */
register('./resolve-electron.mjs', import.meta.url)
