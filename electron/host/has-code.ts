/** Is this an error of the platform with this code, such as `ENOENT`? */
export function hasCode(cause: unknown, code: string): boolean {
  return codeOf(cause) === code
}

/** The platform's code of an error, such as `ECONNREFUSED`, or null. */
export function codeOf(cause: unknown): string | null {
  if (typeof cause !== 'object' || cause === null || !('code' in cause)) return null
  return typeof cause.code === 'string' ? cause.code : null
}
