/**
 * `npm run release:finish -- FOLDER [--staging N]`: the last step before a release is published. Signs the update
 * metadata in FOLDER where the environment has UPDATE_SIGNING_KEY and UPDATE_KEYS, and writes SHA256SUMS.
 */
import { parseArgs } from 'node:util'
import { signRelease, writeChecksums } from './release-files.ts'

const { values, positionals } = parseArgs({ allowPositionals: true, options: { staging: { type: 'string' } } })
const folder = positionals[0]
if (folder === undefined) throw new Error('usage: finish-release FOLDER [--staging N]')
const privateKey = process.env.UPDATE_SIGNING_KEY ?? ''
const publicKeys = (process.env.UPDATE_KEYS ?? '').split(/[\s,]+/).filter((key) => key !== '')
if (privateKey === '') {
  process.stdout.write(
    'No UPDATE_SIGNING_KEY: the metadata stays unsigned, and no app will update itself to this release.\n',
  )
} else {
  const staging = values.staging === undefined || values.staging === '' ? null : Number(values.staging)
  for (const name of signRelease(folder, { privateKey, publicKeys, staging })) process.stdout.write(`signed ${name}\n`)
}
writeChecksums(folder)
