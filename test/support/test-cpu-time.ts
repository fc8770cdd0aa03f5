/** Milliseconds of a processor that this process has used since: other work on the machine must not fail a test. */
export function testCpuTime(): () => number {
  const start = process.cpuUsage()
  return () => {
    const { user, system } = process.cpuUsage(start)
    return (user + system) / 1000
  }
}
