/**
 * First script of the page. Zod must be told before the first schema exists, and only a page that loads the rest
 * afterwards can promise that, whatever chunks the bundler makes.
 */
import '../shared/zod-without-eval.ts'
import { coreAccess } from './bridge/open-core-port.ts'
import { spawnEarly } from './bridge/spawn-worker.ts'
import { openProfile } from './state/first-screen.ts'

spawnEarly(openProfile(), coreAccess())
// The address that the Node host prints holds its token: off the screen, and out of what a person copies from there.
if (location.search !== '') history.replaceState(null, '', location.pathname + location.hash)

void import('./main.tsx')
