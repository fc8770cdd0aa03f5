import { register } from 'node:module'

/** Gives whoever imports `electron` the stand-in, driven by electron-of-the-archive.ts. */
const STAND_IN = new URL('./electron-of-the-archive.ts', import.meta.url).href
const hook = `export function resolve(name, context, next) { return next(name === 'electron' ? ${JSON.stringify(STAND_IN)} : name, context) }`
register(`data:text/javascript,${encodeURIComponent(hook)}`)
