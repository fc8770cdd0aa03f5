import type { StartSimulator } from './core/sample/sample-data.ts'

/**
 * Brings the simulator to the core, which knows it only as servers that can be started, saved and closed. Loaded when
 * somebody asks for sample data: it is half of what the main process consists of.
 */
export const startSampleServers: StartSimulator = async ({ saved, ...options }) => {
  const { savedSimulatorSchema, startSimulator } = await import('./simulator/start-simulator.ts')
  const parsed = savedSimulatorSchema.safeParse(saved)
  return startSimulator(parsed.success ? { ...options, saved: parsed.data } : options)
}
