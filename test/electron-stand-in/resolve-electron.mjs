const STAND_IN = new URL('./electron.ts', import.meta.url).href

/**
 * @param {string} specifier
 * @param {unknown} context
 * @param {(specifier: string, context: unknown) => unknown} next
 */
export function resolve(specifier, context, next) {
  return next(specifier === 'electron' ? STAND_IN : specifier, context)
}
