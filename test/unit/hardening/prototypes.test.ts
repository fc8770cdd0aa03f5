import { afterEach, expect, it } from 'vitest'
import { endorsClientToRecord } from '../../../electron/connectors/endors/mapper.ts'
import { endorsClientSchema } from '../../../electron/connectors/endors/wire.ts'
import { createConnectors } from '../../../electron/connectors/registry.ts'
import { parseExactJson } from '../../../electron/core/http/parse-exact-json.ts'
import { readJsonBody } from '../../../electron/core/http/read-json-body.ts'
import { hostApi } from '../../../shared/ipc/host-contract.ts'
import { remoteRecordSchema } from '../../../shared/model/record.ts'
import { settingsSchema } from '../../../shared/model/settings.ts'
import { readUnsentFile } from '../../../shared/model/unsent-file.ts'

const POISON = '"__proto__":{"owned":"x","email":"x"},"constructor":{"prototype":{"owned":"x"}}'

afterEach(() => {
  expect(Reflect.get({}, 'owned'), 'every object').toBeUndefined()
  expect(Reflect.get([], 'owned'), 'every list').toBeUndefined()
  expect(Object.getOwnPropertyNames(Object.prototype)).not.toContain('owned')
})

it('a record of a vendor brings no prototype along', () => {
  const raw = parseExactJson(`{"id":"1",${POISON},"custom_field_values":{${POISON}},"tags":["__proto__"]}`)
  const wire = endorsClientSchema.parse(raw)
  expect(Object.getPrototypeOf(wire)).toBe(Object.prototype)
  expect(wire.email).toBeUndefined()
  const record = endorsClientToRecord(wire, raw, () => null)
  expect(record.fields.email).toBeUndefined()
  const again = remoteRecordSchema.parse(structuredClone(record))
  expect(Object.getPrototypeOf(again.fields)).toBe(Object.prototype)
})

it('nor does the body of a reply', () => {
  const body = readJsonBody(`{"data":[{${POISON}}],${POISON}}`, 200)
  expect(body.ok).toBe(true)
  expect(structuredClone(body)).toMatchObject({ ok: true })
})

it('settings and calls take what they know, and nothing by the name of a prototype', () => {
  const settings = settingsSchema.parse(JSON.parse(`{${POISON},"density":"compact"}`))
  expect(Reflect.get(settings, 'owned')).toBeUndefined()
  const change = hostApi['settings.set'].input.parse(JSON.parse(`{${POISON},"density":"compact"}`))
  expect(Object.keys(change)).toEqual(['density'])
  expect(Reflect.get(Object.assign({}, settings, change), 'owned')).toBeUndefined()
})

it('a file that is read back is no way in either', () => {
  const read = readUnsentFile(`{"format":"clientele-unsent","version":1,"rows":[{${POISON}}],${POISON}}`)
  expect(read.ok).toBe(false)
})

it('a connector is looked up by its id, not by what every object has', () => {
  const ids = createConnectors().map(({ manifest }) => manifest.connectorId)
  for (const name of ['__proto__', 'constructor', 'toString']) expect(ids).not.toContain(name)
})
