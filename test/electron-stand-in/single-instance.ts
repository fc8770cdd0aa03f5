import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, connect, createServer, type Server } from 'node:net'
import { join } from 'node:path'

/** What another start says to the first. */
export interface SecondStart {
  readonly argv: readonly string[]
  readonly folder: string
  readonly data: unknown
}

export interface SingleInstance {
  /** Is this the first process with this folder? If not, the first is told. */
  readonly request: (folder: string, data: unknown) => boolean
  readonly release: () => void
  /** Resolves when the first has been told. */
  readonly told: () => Promise<void>
}

/** One process for each `userData`, as Electron keeps it: the file names the process and where it listens. */
export function createSingleInstance(onSecond: (start: SecondStart) => void): SingleInstance {
  let server: Server | null = null
  let file: string | null = null
  let telling: Promise<void> = Promise.resolve()
  return {
    request: (folder, data) => {
      mkdirSync(folder, { recursive: true })
      const path = join(folder, 'stand-in.instance')
      const first = readFirst(path)
      if (first !== null) {
        telling = tell(first, { argv: process.argv, folder: process.cwd(), data: data ?? null })
        return false
      }
      file = path
      const listening = createServer((socket) => {
        let text = ''
        socket.setEncoding('utf8').on('data', (part: string) => {
          text += part
        })
        socket.on('end', () => {
          onSecond(JSON.parse(text))
          socket.end()
        })
      })
      server = listening
      listening.listen(0, '127.0.0.1', () => {
        // A listening TCP server has an address with a port.
        const { port } = listening.address() as AddressInfo
        writeFileSync(path, JSON.stringify({ pid: process.pid, port }))
      })
      writeFileSync(path, JSON.stringify({ pid: process.pid, port: 0 }))
      return true
    },
    release: () => {
      server?.close()
      if (file !== null) rmSync(file, { force: true })
      file = null
    },
    told: () => telling,
  }
}

interface First {
  readonly pid: number
  readonly port: number
}

/** The first process, if it is still there. */
function readFirst(path: string): First | null {
  try {
    const first: First = JSON.parse(readFileSync(path, 'utf8'))
    process.kill(first.pid, 0)
    return first.pid === process.pid ? null : first
  } catch {
    return null
  }
}

function tell({ port }: First, start: SecondStart): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.end(JSON.stringify(start)))
    socket.on('close', () => resolve())
    socket.on('error', () => resolve())
    socket.resume()
  })
}
