import { type Simulator, startSimulator } from '../../electron/simulator/start-simulator.ts'
import { test as base, expect } from '../e2e/fixtures.ts'

/** The app beside five simulated vendors; `counts` sizes them. */
export const test = base.extend<{ readonly counts: Simulator['ports']; readonly simulator: Simulator }>({
  counts: [{ endors: 212, 'full-engage': 318, spott: 190, connect: 164, clnt: 140 }, { option: true }],
  simulator: async ({ counts }, use) => {
    const simulator = await startSimulator({ clients: 1_024, seed: 7, now: Date.now(), counts })
    await use(simulator)
    await simulator.close()
  },
})

export { expect }
