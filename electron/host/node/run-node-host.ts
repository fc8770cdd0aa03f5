import { createHash } from 'node:crypto'
import http from 'node:http'
import { codeOf, hasCode } from '../has-code.ts'
import type { CoreDoors, Host } from '../host.ts'
import { defaultInstallationFolder } from '../installation.ts'
import { createMedia } from '../media/create-media.ts'
import { lockProfile } from '../profile-lock.ts'
import { profileSecret } from '../profile-secret.ts'
import { ProfileUnusable, readyProfile } from '../ready-profile.ts'
import { createStaticHandler } from '../static-handler.ts'
import { createNodeHost } from './create-node-host.ts'
import { type LocalServer, startLocalServer } from './local-server.ts'
import { openBrowser } from './open-browser.ts'
import type { ServerFlags } from './parse-server-flags.ts'

/** What this host needs to know of a running core. */
export interface RunningCore extends CoreDoors {
  readonly isTrafficAllowed: () => boolean
  readonly stop: () => Promise<void>
}

export interface RunNodeHostOptions {
  readonly flags: ServerFlags
  readonly version: string
  /** Folder of the built page. */
  readonly pageFolder: string
  readonly startCore: (host: Host) => Promise<RunningCore>
  /** A line of standard output: the address, once, when everything is ready. */
  readonly print: (line: string) => void
  /** A line of standard error. */
  readonly tell: (line: string) => void
  /** How long to wait for a profile or a port that another process may just be giving free. Milliseconds. */
  readonly patienceMs?: number
}

const PATIENCE_MS = 3000
const RETRY_MS = 100

/** A sentence for the user, where the app cannot start. */
export class CannotStart extends Error {
  override readonly name = 'CannotStart'
}

/**
 * Core and local server on one profile. Returns how to stop them. Rejects with `CannotStart` where the profile or the
 * port is taken.
 */
export async function runNodeHost(options: RunNodeHostOptions): Promise<() => Promise<void>> {
  const { flags, tell } = options
  const profileFolder = await readyProfile(flags.profileFolder).catch((cause: unknown) => {
    throw cause instanceof ProfileUnusable ? new CannotStart(cause.message) : cause
  })
  const token = Buffer.from(await profileSecret(profileFolder, 'browser.token')).toString('base64url')
  const profileMark = createHash('sha256').update(`clientele ${token}`).digest('hex').slice(0, 32)

  const deadline = Date.now() + (options.patienceMs ?? PATIENCE_MS)
  const locking = await waitWhile(
    () => lockProfile(profileFolder, (port) => isAnswering(port, profileMark)),
    (outcome) => outcome.kind === 'taken',
    deadline,
  )
  if (locking.kind === 'taken') {
    throw new CannotStart(
      locking.port === null
        ? 'Clientele is already running with this profile.'
        : `Clientele is already running with this profile: http://127.0.0.1:${locking.port}/?token=${token}`,
    )
  }
  const { lock } = locking
  try {
    const host = await createNodeHost({
      profileFolder,
      version: options.version,
      installationFolder: defaultInstallationFolder(),
      tell,
    })
    const core = await options.startCore(host)
    const serving = {
      port: flags.port,
      token,
      profileMark,
      staticHandler: createStaticHandler(options.pageFolder),
      media: createMedia({ host, isTrafficAllowed: core.isTrafficAllowed }),
      doors: core,
      clearTickets: host.clearTickets,
      log: host.log,
    }
    const server = await waitWhile(
      () => startLocalServer(serving).catch((cause: unknown) => new NotListening(cause)),
      (outcome) => outcome instanceof NotListening && hasCode(outcome.cause, 'EADDRINUSE'),
      deadline,
    )
    if (server instanceof NotListening) {
      await core.stop()
      throw cannotListen(server.cause, flags.port)
    }
    await lock.announcePort(server.port)
    options.print(`Clientele: ${server.address}`)
    if (flags.opensBrowser) await open(server, tell)
    return async () => {
      await server.stop()
      await core.stop()
      await host.log.flush()
      await lock.release()
    }
  } catch (cause) {
    await lock.release()
    throw cause
  }
}

class NotListening extends Error {
  override readonly name = 'NotListening'
  constructor(override readonly cause: unknown) {
    super('The server does not listen')
  }
}

/** Tries again while the outcome is a passing one, until `deadline` (milliseconds since the epoch). */
async function waitWhile<T>(
  attempt: () => Promise<T>,
  isPassing: (outcome: T) => boolean,
  deadline: number,
): Promise<T> {
  for (;;) {
    const outcome = await attempt()
    if (!isPassing(outcome) || Date.now() >= deadline) return outcome
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS))
  }
}

async function open(server: LocalServer, tell: (line: string) => void): Promise<void> {
  try {
    await openBrowser(server.address)
  } catch {
    tell('No browser could be opened here; open the address above yourself.')
  }
}

function cannotListen(cause: unknown, port: number): unknown {
  switch (codeOf(cause)) {
    case 'EADDRINUSE':
      return new CannotStart(`Port ${port} is taken by another program. Choose another one with --port N.`)
    case 'EACCES':
      return new CannotStart(`Port ${port} may not be used by this user. Choose another one with --port N.`)
    default:
      return cause
  }
}

/** Does a server of this very profile answer there? */
function isAnswering(port: number, profileMark: string): Promise<boolean> {
  return new Promise((resolve) => {
    const request = http.get({ host: '127.0.0.1', port, path: '/alive', timeout: 1000, agent: false }, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => {
        text += chunk
      })
      response.on('end', () => resolve(text.trim() === profileMark))
      response.on('error', () => resolve(false))
    })
    request.on('timeout', () => request.destroy())
    request.on('error', () => resolve(false))
  })
}
