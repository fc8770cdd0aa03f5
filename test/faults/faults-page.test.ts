import { expect, test } from 'vitest'
import { faultsPage, readTitle } from './faults-page.ts'

const fault = (number: string) => ({ number, fault: 'a | b', expected: 'kept', checks: 'I1' })
const run = (title: string, passed = true) => ({ title, file: 'test/x.test.ts', passed })

test('a title begins with the numbers of the faults it shows', () => {
  expect(readTitle('F001 F002: stays queued')).toEqual({ numbers: ['F001', 'F002'], outcome: 'stays queued' })
  expect(readTitle('the queue keeps F003')).toEqual({ numbers: [], outcome: 'the queue keeps F003' })
})

test('a fault without a passing test is missing, whatever failed tests bear its number', () => {
  const page = faultsPage([fault('F001'), fault('F002'), fault('F003')], { F003: 'not built' }, [
    run('F001 stays queued'),
    run('F002 is lost', false),
  ])
  expect(page).toMatchObject({ missing: ['F002'], failed: ['F002'], tests: 1 })
  expect(page.text).toContain('| F001 | a \\| b | kept | I1 | stays queued (`test/x.test.ts`) |')
  expect(page.text).toContain('not applicable: not built')
  expect(page.text).toContain('**no test**')
})
