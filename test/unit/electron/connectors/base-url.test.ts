import { expect, test } from 'vitest'
import { readBaseUrl } from '../../../../electron/connectors/settings/base-url.ts'

test.each([
  ['http://crm.example.com', 'needs-https'],
  ['http://192.168.1.10', 'needs-https'],
  ['http://127.0.0.1.example.com', 'needs-https'],
  ['https://user:pass@crm.example.com', 'has-credentials'],
  ['https://sk_live_x@crm.example.com', 'has-credentials'],
  ['https://169.254.169.254', 'not-a-host'],
  ['https://2852039166', 'not-a-host'],
  ['https://0xa9.0xfe.1.1', 'not-a-host'],
  ['http://0.0.0.0:4000', 'not-a-host'],
  ['https://[::]', 'not-a-host'],
  ['https://[fe80::1]', 'not-a-host'],
  ['https://[::ffff:169.254.1.1]', 'not-a-host'],
  ['https://224.0.0.1', 'not-a-host'],
  ['https://255.255.255.255', 'not-a-host'],
  ['javascript:alert(1)', 'not-a-url'],
  ['file:///etc/passwd', 'not-a-url'],
  ['ftp://crm.example.com', 'not-a-url'],
  ['crm.example.com', 'needs-protocol'],
])('F181 the address %s is refused: %s', (typed, rule) => {
  expect(readBaseUrl(typed)).toEqual({ ok: false, error: rule })
})

test.each([
  ['https://crm.example.com/', 'https://crm.example.com'],
  ['http://localhost:4010/api/', 'http://localhost:4010/api'],
  ['http://127.0.0.1:4010', 'http://127.0.0.1:4010'],
  ['http://[::1]:4010', 'http://[::1]:4010'],
  // Somebody's own server in the house: typed by the user, under a certificate.
  ['https://192.168.1.10', 'https://192.168.1.10'],
])('the address %s is taken', (typed, baseUrl) => {
  expect(readBaseUrl(typed)).toEqual({ ok: true, value: baseUrl })
})
