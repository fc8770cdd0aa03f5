import { register } from 'node:module'

/** Gives whoever imports `electron` the stand-in beside this file. */
register('./resolve-electron.mjs', import.meta.url)
