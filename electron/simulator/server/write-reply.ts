import type { ServerResponse } from 'node:http'
import type { Reply } from './apply-fault.ts'

const CHUNK_CHARACTERS = 64 * 1024

/** Writes an answer in pieces, waiting for the reader and letting others run in between. */
export async function writeReply(response: ServerResponse, reply: Reply): Promise<void> {
  if (reply.kind === 'raw') {
    response.writeHead(reply.status, { ...reply.headers })
    for (const piece of reply.body) {
      if (!(await writePiece(response, piece))) {
        return
      }
    }
    if (reply.drop === true) {
      response.destroy()
    } else {
      response.end()
    }
    return
  }
  const status = reply.kind === 'json' ? reply.status : 200
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' })
  if (reply.kind === 'json') {
    response.end(JSON.stringify(reply.body))
    return
  }
  let text = reply.before
  let separator = ''
  for (const row of reply.rows) {
    text += separator + JSON.stringify(row)
    separator = ','
    if (text.length > CHUNK_CHARACTERS) {
      if (!(await writePiece(response, text))) {
        return
      }
      text = ''
    }
  }
  response.end(text + reply.after)
}

/** False when the reader has gone. */
async function writePiece(response: ServerResponse, piece: string | Uint8Array): Promise<boolean> {
  if (response.destroyed) {
    return false
  }
  if (response.write(piece)) {
    await new Promise((resolve) => setImmediate(resolve))
    return true
  }
  return new Promise((resolve) => {
    const settle = (): void => {
      response.off('drain', settle)
      response.off('close', settle)
      resolve(!response.destroyed)
    }
    response.on('drain', settle)
    response.on('close', settle)
  })
}
