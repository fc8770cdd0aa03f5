import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { ROOT } from './support/root.ts'

/** The code that is shipped, by file. */
const BUILT = ['main', 'preload', 'renderer'].flatMap((part) =>
  readdirSync(join(ROOT, 'out', part), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(js|cjs|mjs|html|css)$/.test(name))
    .map((name) => ({ file: `${part}/${name}`, text: readFileSync(join(ROOT, 'out', part, name), 'utf8') })),
)

/**
 * Two libraries ask the runtime by such a call whether they may: zod (told not to in the page, where the policy would
 * refuse it; shared/zod-without-eval.ts) and lodash in the updater, for the global object. Neither text comes from outside.
 */
const HARMLESS = ['try{return Function(``),!0}catch', 'Function(`return this`)()']

/** Ways to run what did not come with the app. */
const REMOTE_CODE: readonly (readonly [RegExp, string])[] = [
  [/(?<![.\w$])eval\(/, 'eval'],
  [/new Function\(|(?<![.\w$])Function\(["'`]/, 'a function out of a text'],
  [/import\(\s*["'`](https?:|\/\/|data:|blob:)/, 'a module of the web'],
  [/importScripts\(/, 'a script in a worker'],
  [/document\.write\(/, 'document.write'],
  [/set(Timeout|Interval)\(\s*["'`]/, 'a timer with a text'],
  [/vm\.(runIn|Script|compileFunction)|["'`](node:)?vm["'`]/, 'a machine in the machine'],
  [/<(script|link|iframe|img)[^>]+(src|href)=["'](https?:)?\/\//i, 'a tag that loads from the web'],
  [/@import\s+(url\()?["']?(https?:)?\/\//, 'a style of the web'],
  [/url\(["']?(https?:)?\/\//, 'a picture or font of the web'],
  [
    /navigator\.sendBeacon|google-analytics|sentry|segment\.(io|com)|mixpanel|posthog|amplitude\.com|datadog/i,
    'telemetry',
  ],
]

/**
 * Every host that the shipped code names, and why. None is asked by itself: sources are asked when a user adds one,
 * updates where a user switches them on.
 */
const HOSTS: Readonly<Record<string, string>> = {
  'app.endors.io': 'address of Endors, offered in the form of a new source',
  'api.gospott.com': 'address of Spott, offered in the form of a new source',
  'cloudflarestream.com': 'players of testimonials, after a click',
  'www.w3.org': 'names of SVG and XML, which are not addresses',
  'json-schema.org': 'names of schemas in zod, never fetched',
  'react.dev': 'React: link in the text of an error',
  'mantine.dev': 'Mantine: link in the text of an error',
  'tinyurl.com': 'Dexie: link in the text of an error',
  'bit.ly': 'Dexie: link in the text of an error',
  'aomedia.org': 'hls.js: name of a video format',
  'github.com': 'where releases are published, and links in texts of errors',
  'api.github.com': 'electron-updater: releases',
  'api.bitbucket.org': 'electron-updater: a provider that is not used',
  's3.amazonaws.com': 'electron-updater: a provider that is not used',
}
/** Examples in forms and in the sample data can be nobody's; this machine is not the web. */
const NOBODY =
  /(^|\.)(example|invalid|test|localhost|example\.com|your-app\.com|your-workspace\.example)\.?$|^(127\.0\.0\.1|simulator|localhost)$/

test('the built code runs nothing that did not come with it, and reports to nobody', () => {
  const found = BUILT.map(({ file, text }) => ({
    file,
    text: HARMLESS.reduce((rest, known) => rest.replaceAll(known, ''), text),
  })).flatMap(({ file, text }) =>
    REMOTE_CODE.flatMap(([pattern, what]) => {
      const match = pattern.exec(text)
      return match === null ? [] : [`${file}: ${what}: ${text.slice(Math.max(0, match.index - 40), match.index + 60)}`]
    }),
  )
  expect(found).toEqual([])
  expect(BUILT.length).toBeGreaterThan(10)
})

test('the built code names no host that is not known here', () => {
  const unknown = BUILT.flatMap(({ file, text }) =>
    [...text.matchAll(/(?:https?|wss?):\/\/(?:\*\.)?([a-z0-9][a-z0-9.-]*\.[a-z0-9-]*[a-z0-9])/gi)].flatMap(
      ([, host = '']) => {
        const name = host.toLowerCase()
        return name in HOSTS || NOBODY.test(name) ? [] : [`${file}: ${name}`]
      },
    ),
  )
  expect([...new Set(unknown)]).toEqual([])
})

test('only the page has a Content Security Policy to obey, and its html asks for nothing else', () => {
  const html = BUILT.find(({ file }) => file === 'renderer/index.html')?.text ?? ''
  expect(html).toContain('<div id="root"')
  expect(html, 'no script or style in the page itself').not.toMatch(
    /<script(?![^>]*\ssrc=)|<style|\son\w+=|javascript:/i,
  )
  expect(html.match(/(?:src|href)="([^"]+)"/g)?.every((each) => /="\.\//.test(each))).toBe(true)
})
