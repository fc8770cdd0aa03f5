import type { FullEngageClient } from './full-engage.ts'

type Writable = Partial<Pick<FullEngageClient, 'name' | 'phone' | 'status' | 'notes'>>

/** The fields of a create or an update, or a sentence that says what is wrong with them. Unknown fields are ignored. */
export function checkClientBody(body: Readonly<Record<string, unknown>> | null, isNew: boolean): Writable | string {
  if (body === null) {
    return 'The body must be a JSON object'
  }
  const { name, phone, status, notes } = body
  if (name === undefined ? isNew : typeof name !== 'string' || name.trim() === '') {
    return name === undefined ? 'name is required' : 'name must be a text that is not blank'
  }
  if (!isTextOrNothing(phone)) {
    return 'phone must be a text'
  }
  if (status !== undefined && status !== 'active' && status !== 'inactive') {
    return 'status must be active or inactive'
  }
  if (!isTextOrNothing(notes)) {
    return 'notes must be a text'
  }
  return {
    ...(typeof name === 'string' ? { name } : {}),
    ...(phone === undefined ? {} : { phone }),
    ...(status === undefined ? {} : { status }),
    ...(notes === undefined ? {} : { notes }),
  }
}

function isTextOrNothing(value: unknown): value is string | null | undefined {
  return value === undefined || value === null || typeof value === 'string'
}
