/**
 * A vendor's id as one segment of a path. Null for `.` and `..`, which no encoding keeps from being read as "this
 * folder" and "the one above".
 */
export function pathSegment(id: string): string | null {
  if (/^\.{0,2}$/.test(id)) return null
  return encodeURIComponent(id.replace(/[\ud800-\udfff]/gu, '\ufffd'))
}
