import { createHash, generateKeyPairSync } from 'node:crypto'
import type http from 'node:http'
import { dump } from 'js-yaml'
import { signMetadata, writePublicKey } from '../../../electron/host/electron/updates/update-signature.ts'
import { testCreateHttpServer } from '../../support/test-create-http-server.ts'

export interface ReleaseOptions {
  readonly version?: string
  readonly staging?: number
  readonly notes?: string
  readonly installer?: Buffer
  readonly name?: string
  readonly metadata?: Readonly<Record<string, unknown>>
}

/** Changes what the server answers to one path; false: it answers as usual. */
export type Spoil = (path: string, response: http.ServerResponse, usual: () => Buffer | null) => boolean

export const INSTALLER_NAME = 'Clientele-2.0.0-linux-x86_64.AppImage'

/** A release as the workflow makes it, served from this machine: metadata, its signature, the installer. */
export async function testReleaseServer(options: ReleaseOptions = {}, spoil: Spoil = () => false) {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const installerName = options.name ?? INSTALLER_NAME
  const installer = options.installer ?? Buffer.from('#!/bin/sh\nexit 0\n'.padEnd(200_000, '#'))
  const sha512 = createHash('sha512').update(installer).digest('base64')
  const metadata = Buffer.from(
    dump({
      version: options.version ?? '2.0.0',
      files: [{ url: installerName, sha512, size: installer.length }],
      path: installerName,
      sha512,
      releaseDate: '2026-11-21T18:00:00.000Z',
      ...(options.notes === undefined ? {} : { releaseNotes: options.notes }),
      ...(options.staging === undefined ? {} : { stagingPercentage: options.staging }),
      ...options.metadata,
    }),
  )
  /** By name; the metadata of every system is the same here, signed under each of its names. */
  const usual = (path: string): Buffer | null => {
    const name = path.replace(/^\/(moved\/)?/, '')
    if (/^latest[\w-]*\.yml$/.test(name)) return metadata
    if (/^latest[\w-]*\.yml\.sig$/.test(name))
      return Buffer.from(signMetadata(name.replace(/\.sig$/, ''), metadata, privateKey))
    return name === installerName ? installer : null
  }
  const server = await testCreateHttpServer((request, response) => {
    const path = request.url.split('?')[0] ?? ''
    if (spoil(path, response, () => usual(path))) return
    const bytes = usual(path)
    response.statusCode = bytes === null ? 404 : 200
    response.end(bytes ?? 'not found')
  })
  return { server, feed: `${server.url}/`, key: writePublicKey(publicKey), installer, metadata, privateKey }
}
