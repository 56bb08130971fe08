// A server while all kinds of things happen: `node bench/serve/soak.ts [MINUTES] [SEED] [MIRRORS]`. Loopback only.
import { soak } from '../../test/serve/soak/soak.ts'

const [minutes = 20, seed = 17, mirrors = 8] = process.argv.slice(2).map(Number)
const report = await soak({
  seed,
  seconds: minutes * 60,
  mirrors,
  pause: 1500,
  onLine: (line) => console.error(line),
})
console.log(JSON.stringify(report, undefined, 2))
const faults = [report.stuck, report.failed, report.lost, report.unheard, report.wrong]
process.exitCode = faults.every(({ length }) => length === 0) ? 0 : 1
