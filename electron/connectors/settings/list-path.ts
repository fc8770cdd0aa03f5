/** A path below the base address, or null. A missing slash at its beginning is no mistake. */
export function readListPath(typed: string): string | null {
  const path = typed.startsWith('/') ? typed : `/${typed}`
  if (path.length > 300 || !/^[\w\-./~%@:+]+$/.test(path)) return null
  return path.split('/').some((segment) => segment === '.' || segment === '..') ? null : path
}
