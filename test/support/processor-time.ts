import { readFileSync } from 'node:fs'

/** Clock ticks of a second in /proc: the same on every Linux. */
const TICKS_IN_A_SECOND = 100

/** Options of Node for a program that is to leave the processor time that it used in `file`, in microseconds. */
export function leaveProcessorTime(file: string): string {
  const path = JSON.stringify(file)
  const code = `import{writeFileSync}from'node:fs';process.on('exit',()=>{const{user,system}=process.cpuUsage();writeFileSync(${path},String(user+system))})`
  return `--import=data:text/javascript,${encodeURIComponent(code)}`
}

/** Seconds that a process has used so far, all of its threads together. */
export function processorSecondsOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  // Its name stands in brackets and may hold anything; user and system time are the 12th and 13th field after it.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) / TICKS_IN_A_SECOND
}

/** Seconds that stand in the file of `leaveProcessorTime`. */
export function leftSeconds(file: string): number {
  return Number(readFileSync(file, 'utf8')) / 1e6
}
