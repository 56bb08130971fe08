import { existsSync } from 'node:fs'
import { readdir, readFile, readlink } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'

/** Programs of this machine that work in `folder` or were started with a path in it, as `pid: command`. */
export async function processesIn(folder: string): Promise<readonly string[]> {
  if (!existsSync('/proc/self/cmdline')) return []
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
  const found = await Promise.all(
    pids.map(async (pid) => {
      const command = (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).replaceAll('\0', ' ')
      const cwd = await readlink(`/proc/${pid}/cwd`).catch(() => '')
      return command.includes(folder) || cwd.startsWith(folder) ? [`${pid}: ${command}`] : []
    }),
  )
  return found.flat()
}

/** Waits until no program works in `folder`; gives those that still do after `limit` milliseconds. */
export async function waitForNoProcess(folder: string, limit = 15_000): Promise<readonly string[]> {
  for (const end = Date.now() + limit; ; await sleep(25)) {
    const found = await processesIn(folder)
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
