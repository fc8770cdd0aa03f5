import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { load } from 'js-yaml'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'

const ROOT = join(import.meta.dirname, '../..')
const FOLDER = join(ROOT, '.github/workflows')

const stepSchema = z.object({
  name: z.string().optional(),
  uses: z.string().optional(),
  run: z.string().optional(),
  env: z.record(z.string(), z.string()).optional(),
})
const jobSchema = z.object({
  permissions: z.record(z.string(), z.string()),
  'timeout-minutes': z.number().optional(),
  uses: z.string().optional(),
  steps: z.array(stepSchema).optional(),
})
const workflowSchema = z.object({
  on: z.record(z.string(), z.unknown()),
  permissions: z.record(z.string(), z.string()),
  jobs: z.record(z.string(), jobSchema),
})

const scripts: Record<string, string> = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).scripts

describe.each(readdirSync(FOLDER))('%s', (name) => {
  const text = readFileSync(join(FOLDER, name), 'utf8')
  const workflow = workflowSchema.parse(load(text))
  const jobs = Object.values(workflow.jobs)
  const steps = jobs.flatMap((job) => job.steps ?? [])
  const runs = steps.flatMap(({ run }) => run ?? [])

  it('names scripts and programs that exist', () => {
    const named = runs.flatMap((run) => [...run.matchAll(/npm run ([\w:-]+)/g)].map(([, script = '']) => script))
    expect(named.filter((script) => scripts[script] === undefined)).toEqual([])
    const programs = runs.flatMap((run) => [...run.matchAll(/npx ([\w-]+)/g)].map(([, program = '']) => program))
    expect(programs.filter((program) => !existsSync(join(ROOT, 'node_modules/.bin', program)))).toEqual([])
    const files = [...text.matchAll(/\b(?:build|tools)\/[\w./-]+\.\w+/g)].map(([file]) => file)
    expect(files.filter((file) => !existsSync(join(ROOT, file)))).toEqual([])
  })

  it('uses actions by their commit, and says which version that is', () => {
    const used = [...text.matchAll(/uses: (\S+)(.*)$/gm)].filter(([, what = '']) => !what.startsWith('./'))
    expect(used.length).toBeGreaterThan(0)
    for (const [, what, comment] of used) {
      expect(what).toMatch(/^actions\/[\w-]+@[0-9a-f]{40}$/)
      expect(comment).toMatch(/^ # v\d+\.\d+\.\d+$/)
    }
  })

  it('has no more rights than a job says, and no job without an end', () => {
    for (const job of jobs) {
      if (job.uses === undefined) expect(job['timeout-minutes']).toBeGreaterThan(0)
      if (job.permissions.contents === 'write') expect(name).toMatch(/^(release|rollout)\.yml$/)
    }
    for (const right of Object.values(workflow.permissions)) expect(right).toBe('read')
    expect(Object.keys(workflow.on)).not.toContain('pull_request_target')
  })

  it('puts nothing from outside into a script: values come in as variables', () => {
    expect(runs.filter((run) => run.includes('${{'))).toEqual([])
  })

  it('keeps credentials out of the checkout, and out of what anybody may start', () => {
    expect(text.match(/actions\/checkout@/g)?.length).toBe(text.match(/persist-credentials: false/g)?.length)
    if (name === 'ci.yml') expect(text).not.toContain('secrets.')
  })
})

it('releases have the fuse for tests only in the copy that is not published', () => {
  const text = readFileSync(join(FOLDER, 'release.yml'), 'utf8')
  const packs = [...text.matchAll(/npx electron-builder[\s\S]*?(?=\n {6}- |\n {10}rm )/g)].map(([command]) => command)
  expect(packs).toHaveLength(2)
  expect(packs.map((command) => command.includes('enableNodeCliInspectArguments=true'))).toEqual([true, false])
  expect(packs[0]).toContain('-c.directories.output=dist-e2e')
  expect(text).not.toMatch(/path:[\s\S]*dist-e2e/)
})
