// Loaded into the measured process with `--require`: tells what it used, which its parent cannot ask Node for.
const { writeFileSync } = require('node:fs')

process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage()
  const usage = { cpu: (userCPUTime + systemCPUTime) / 1e6, rss: maxRSS * 1024 }
  writeFileSync(process.env.KALANDRA_BENCH_USAGE, JSON.stringify(usage))
})
