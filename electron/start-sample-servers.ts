import type { StartSimulator } from './core/sample/sample-data.ts'
import { savedSimulatorSchema, startSimulator } from './simulator/start-simulator.ts'

/** Brings the simulator to the core, which knows it only as servers that can be started, saved and closed. */
export const startSampleServers: StartSimulator = ({ saved, ...options }) => {
  const parsed = savedSimulatorSchema.safeParse(saved)
  return startSimulator(parsed.success ? { ...options, saved: parsed.data } : options)
}
