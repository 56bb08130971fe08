import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { waitFor } from '../support/processes.ts'
import { ROOT } from './files.ts'

const BUSY = join(ROOT, 'scripts/busy.mjs')

function start(...args: readonly string[]) {
  const child = spawn(process.execPath, [BUSY, ...args], { stdio: ['pipe', 'pipe', 'pipe'] })
  const ended = new Promise<{ readonly code: number | null; readonly stderr: string }>((resolve) => {
    let stderr = ''
    child.stderr.on('data', (bytes: Buffer) => (stderr += bytes.toString()))
    child.once('close', (code) => resolve({ code, stderr }))
  })
  return { child, ended }
}

/** Threads of a process that have run for `ticks` of a hundredth of a second. */
async function countBusyThreads(pid: number, ticks: number): Promise<number> {
  const { readdir } = await import('node:fs/promises')
  const folder = `/proc/${pid}/task`
  const texts = await Promise.all(
    (await readdir(folder)).map((id) => readFile(join(folder, id, 'stat'), 'utf8').catch(() => '')),
  )
  return texts.filter((text) => {
    const [user, system] = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .slice(11, 13)
    return Number(user) + Number(system) >= ticks
  }).length
}

describe.skipIf(process.platform !== 'linux')('scripts/busy.mjs', () => {
  it('keeps as many threads busy as it is told, and ends with them and the status of its command', async () => {
    const { child, ended } = start(
      '3',
      '--',
      process.execPath,
      '-e',
      'process.stdin.resume().on("end", () => process.exit(7))',
    )
    await waitFor('three busy threads', async () => (await countBusyThreads(child.pid!, 30)) >= 3)
    child.stdin.end()
    expect(await ended).toEqual({ code: 7, stderr: '' })
  })

  it('ends with its command when it is told to, and says by which signal', async () => {
    const { child, ended } = start(
      '1',
      '--',
      process.execPath,
      '-e',
      'console.log("up"); setInterval(() => {}, 1000)',
    )
    await new Promise((resolve) => child.stdout.once('data', resolve))
    child.kill('SIGTERM')
    expect((await ended).code).toBe(128 + 15)
  })

  it.each([
    [[], 'usage'],
    [['0', '--', 'true'], '1 to 64'],
    [['8', 'true'], 'usage'],
    [['8', '--'], 'usage'],
    [['1', '--', 'no-such-program-here'], 'no-such-program-here could not be started'],
  ])('refuses %j', async (args, words) => {
    const { code, stderr } = await start(...args).ended
    expect(code).toBe(2)
    expect(stderr).toContain(words)
  })
})
