import type { z } from 'zod'
import type { VendorFailure } from '../../../shared/app-error.ts'

/** Where a value is not as documented: path as in `data[3].id`, type names, never the value itself. */
export interface ShapeProblem {
  readonly path: string
  readonly expected: string
  readonly found: string
}

/** The first thing that Zod found wrong with `value`, which stands at `at` in the body. */
export function shapeProblem(error: z.ZodError, value: unknown, at: string): ShapeProblem {
  const issue = firstLeaf(error.issues)
  const found = valueAt(value, issue.path)
  return {
    path: joinPath(at, issue.path).slice(0, 200),
    expected: issue.expected.slice(0, 120),
    found: typeNameOf(found),
  }
}

export function badShape(problem: ShapeProblem): VendorFailure {
  return { code: 'bad-shape', ...problem }
}

export function typeNameOf(value: unknown): string {
  if (value === undefined) return 'absent'
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  if (value === '') return 'empty text'
  return typeof value === 'string' ? 'text' : typeof value
}

export function joinPath(at: string, path: readonly PropertyKey[]): string {
  let text = at
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`
    else text += text === '' ? String(step) : `.${String(step)}`
  }
  return text
}

function firstLeaf(issues: readonly z.core.$ZodIssue[]): { path: readonly PropertyKey[]; expected: string } {
  const issue = issues[0]
  if (issue === undefined) return { path: [], expected: 'documented shape' }
  if (issue.code === 'invalid_union') {
    const branches = issue.errors.map((branch) => firstLeaf(branch))
    const deepest = branches.find((branch) => branch.path.length > 0)
    if (deepest !== undefined) return { path: [...issue.path, ...deepest.path], expected: deepest.expected }
    const names = new Set(branches.map((branch) => branch.expected))
    return { path: issue.path, expected: [...names].join(' or ') || issue.message }
  }
  return { path: issue.path, expected: expectedBy(issue) }
}

function expectedBy(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.expected === 'string' ? 'text' : issue.expected
    case 'invalid_value':
      return issue.values.map(String).join(' or ')
    default:
      return issue.message
  }
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let current: unknown = value
  for (const step of path) {
    if (typeof current !== 'object' || current === null) return undefined
    current = Object.getOwnPropertyDescriptor(current, step)?.value
  }
  return current
}
