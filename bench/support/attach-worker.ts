import type { CDPSession } from '@playwright/test'

/** Sends a command of Chromium's protocol to the page's worker, and answers its result. */
export type TellWorker<Answer extends object> = (method: string, params?: object) => Promise<Answer>

/** Null where the page has no worker. Ends with the session. */
export async function attachWorker<Answer extends object>(session: CDPSession): Promise<TellWorker<Answer> | null> {
  const workers: string[] = []
  const answers = new Map<number, (result: Answer) => void>()
  session.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
    if (targetInfo.type === 'worker') workers.push(sessionId)
  })
  session.on('Target.receivedMessageFromTarget', ({ message }) => {
    const { id, result } = JSON.parse(message)
    answers.get(id)?.(result ?? {})
  })
  // The old way of talking to workers: one session has them all, each message in an envelope.
  await session.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: false })
  const [sessionId] = workers
  if (sessionId === undefined) return null
  let last = 0
  return async (method, params = {}) => {
    const id = ++last
    const answer = new Promise<Answer>((done) => answers.set(id, done))
    await session.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id, method, params }) })
    return answer
  }
}
