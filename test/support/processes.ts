import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

/**
 * Programs of this machine that work in `folder` or were started with a path in it, as `pid: command`. Read at one go: it is asked for
 * again and again, and a promise for each of some hundred small files takes ten times as long.
 */
export function processesIn(folder: string): readonly string[] {
  if (!existsSync('/proc/self/cmdline')) return []
  return readdirSync('/proc').flatMap((pid) => {
    if (!/^\d+$/.test(pid) || Number(pid) === process.pid) return []
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
      // A thread of the kernel, or one that has ended and is not yet waited for.
      if (command === '') return []
      return command.includes(folder) || readlinkSync(`/proc/${pid}/cwd`).startsWith(folder)
        ? [`${pid}: ${command}`]
        : []
    } catch {
      // It has just ended, or is not ours to ask.
      return []
    }
  })
}

/** Waits until no program works in `folder`; gives those that still do after `limit` milliseconds. */
export async function waitForNoProcess(folder: string, limit = 15_000): Promise<readonly string[]> {
  for (const end = Date.now() + limit; ; await sleep(25)) {
    const found = processesIn(folder)
    if (found.length === 0 || Date.now() > end) return found
  }
}

/** Waits until `condition` holds. @throws Error with `what` after `limit` milliseconds. */
export async function waitFor(
  what: string,
  condition: () => boolean | Promise<boolean>,
  limit = 20_000,
): Promise<void> {
  for (const end = Date.now() + limit; !(await condition()); await sleep(15)) {
    if (Date.now() > end) throw new Error(`${what}: not within ${limit} ms`)
  }
}

/** Stops a process where it stands; one that has just ended by itself needs none of that. */
export function freezeProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGSTOP')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
