import type { SimWorld } from './world/world.ts'

/** Waits for an answer as long as a patient user would; null where none came, as when a process died over it. */
export async function ask<T>(world: SimWorld, call: Promise<T>, patienceMs = 20_000): Promise<T | null> {
  let answer: { readonly value: T } | null = null
  call.then(
    (value) => {
      answer = { value }
    },
    (cause: unknown) => {
      world.wrong.push(`a call threw: ${cause instanceof Error ? cause.message : String(cause)}`)
    },
  )
  await world.time.settle()
  for (let waited = 0; answer === null && waited < patienceMs; waited += 1_000) await world.time.advance(1_000)
  return taken(answer)
}

function taken<T>(answer: { readonly value: T } | null): T | null {
  return answer === null ? null : answer.value
}
