/**
 * `npm run release:key`: a new pair of keys for update metadata. The private one goes into the secret
 * UPDATE_SIGNING_KEY of the environment `release`, the public one into the variable UPDATE_KEYS beside the old ones;
 * docs/packaging.md has the order. Nothing is written to disk.
 */
import { generateKeyPairSync } from 'node:crypto'
import { writePublicKey } from '../../electron/host/electron/updates/update-signature.ts'

const { publicKey, privateKey } = generateKeyPairSync('ed25519')
process.stdout.write(`Public, for UPDATE_KEYS:\n${writePublicKey(publicKey)}\n\n`)
process.stdout.write(`Private, for UPDATE_SIGNING_KEY:\n${privateKey.export({ format: 'pem', type: 'pkcs8' })}`)
