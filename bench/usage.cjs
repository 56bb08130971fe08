// Loaded into the measured process with `--require`: tells what it used, which its parent cannot ask Node for.
const { readFileSync, writeFileSync } = require('node:fs')

process.on('exit', () => {
  const { userCPUTime, systemCPUTime } = process.resourceUsage()
  // Not `maxRSS`: Linux counts what the process was before it became this program, a copy of the bench.
  const [, peak] = /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'latin1'))
  const usage = { cpu: (userCPUTime + systemCPUTime) / 1e6, rss: peak * 1024 }
  writeFileSync(process.env.KALANDRA_BENCH_USAGE, JSON.stringify(usage))
})
