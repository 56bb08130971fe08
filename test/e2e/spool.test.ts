import { readdir, readFile, readlink } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FastImport } from '../support/fast-import.ts'
import { forEachRef, fsck, makeBareRepository } from '../support/git.ts'
import { say, writeHook } from '../support/hosts/hooks.ts'
import { waitFor, waitForNoProcess } from '../support/processes.ts'
import { type ActionResult, startAction } from '../support/runner.ts'
import type { Running } from '../support/running.ts'
import { makeSlowGit } from '../support/slow-git.ts'
import { makeTempFolder, type TempFolder } from '../support/temp.ts'

const MEGABYTE = 1_000_000
/** More than the 32 MiB that are kept in memory. */
const FILES = 9
const SIZE_BYTES = 36 * MEGABYTE

let folder: TempFolder
let source: string

beforeAll(async () => {
  folder = await makeTempFolder()
  const config = { 'core.bigFileThreshold': '1m', 'core.compression': '0', 'pack.compression': '0' }
  source = (await makeBareRepository({ parent: folder.path, name: 'source.git', config })).path
  const stream = new FastImport()
  // Neither compressed nor compared with each other, by the configuration above.
  for (let number = 0; number < FILES; number++) {
    const files = { [`file${number}`]: Buffer.alloc(SIZE_BYTES / FILES, `large ${number}`) }
    stream.commit({ ref: 'refs/heads/main', files })
  }
  await stream.run(source)
})
afterAll(async () => await folder?.[Symbol.asyncDispose]())

interface Started extends AsyncDisposable {
  readonly running: Running<ActionResult>
  readonly destination: string
  /** RUNNER_TEMP of the run. */
  readonly temp: string
}

/** Starts a run to a new destination that takes `rate` bytes in a second. */
async function start(
  name: string,
  options: { readonly inputs?: Readonly<Record<string, string>>; readonly rate?: number } = {},
): Promise<Started> {
  const destination = (await makeBareRepository({ parent: folder.path, name: `${name}.git` })).path
  const temp = await makeTempFolder()
  const slow = await makeSlowGit(join(folder.path, name), { rate: options.rate })
  const running = await startAction({
    inputs: { source, destination, 'source-token': '', retries: '0', ...options.inputs },
    env: { PATH: slow.path, RUNNER_TEMP: temp.path },
  })
  return {
    running,
    destination,
    temp: temp.path,
    async [Symbol.asyncDispose]() {
      await running[Symbol.asyncDispose]()
      await waitForNoProcess(destination)
      await temp[Symbol.asyncDispose]()
    },
  }
}

/** Files below `path` that a process has open; one that has no name any more ends in ` (deleted)`. */
async function openFiles(pid: number, path: string): Promise<readonly string[]> {
  const fds = await readdir(`/proc/${pid}/fd`).catch(() => [])
  const names = await Promise.all(fds.map((fd) => readlink(`/proc/${pid}/fd/${fd}`).catch(() => '')))
  return names.filter((name) => name.startsWith(path))
}

/** The most memory that a process ever had, in bytes, asked for until it is gone. */
async function watchMemory(pid: number): Promise<number> {
  let most = 0
  for (;;) {
    const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
    const found = /VmHWM:\s+(\d+) kB/.exec(status)
    if (found === null) return most
    most = Number(found[1]) * 1024
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

async function expectMirrored(destination: string, result: ActionResult): Promise<void> {
  expect(result.exitCode, result.log).toBe(0)
  expect(await forEachRef(destination)).toEqual(await forEachRef(source))
  await fsck(destination)
}

describe.skipIf(process.platform !== 'linux')('a pack that is too large for memory', () => {
  it('streams to a slow destination with memory as flat as to a fast one, and no file', async () => {
    await using fast = await start('fast')
    const [fastMemory] = await Promise.all([watchMemory(fast.running.pid), fast.running.done])
    await using slow = await start('slow', { rate: 16 * MEGABYTE })
    const [slowMemory, result] = await Promise.all([watchMemory(slow.running.pid), slow.running.done])
    await expectMirrored(slow.destination, result)
    expect(slowMemory).toBeLessThan(fastMemory + 16 * MEGABYTE)
    expect(result.log).not.toContain('collected')
    expect(await readdir(slow.temp)).toEqual([])
  })

  it('is collected in a file without a name with transfer: spool, and the log says so first', async () => {
    // It stays open as long as it is sent: nine seconds, for a test that looks late.
    await using run = await start('spooled', { inputs: { transfer: 'spool' }, rate: 4 * MEGABYTE })
    await run.running.waitFor('keeping it in a temporary file')
    await waitFor('a file without a name', async () => {
      const files = await openFiles(run.running.pid, run.temp)
      return files.length === 1 && files[0]!.endsWith(' (deleted)')
    })
    expect(await readdir(run.temp)).toEqual([])
    const result = await run.running.done
    await expectMirrored(run.destination, result)
    expect(result.log).toMatch(/collected a pack of 36\d{6} bytes in a temporary file before sending it/)
    expect(await readdir(run.temp)).toEqual([])
  })

  it('leaves no file when the destination refuses it', async () => {
    await using run = await start('refuses', { inputs: { transfer: 'spool' } })
    await writeHook(run.destination, 'pre-receive', [say('no'), 'exit 1'])
    const result = await run.running.done
    expect(result.exitCode, result.log).toBe(1)
    expect(result.log).toContain('in a temporary file')
    expect(await readdir(run.temp)).toEqual([])
  })

  for (const signal of ['SIGINT', 'SIGKILL'] as const) {
    it(`leaves no file after ${signal}, while it is sent`, async () => {
      await using run = await start(signal, { inputs: { transfer: 'spool' }, rate: MEGABYTE })
      await run.running.waitFor('in a temporary file before sending it')
      expect(await openFiles(run.running.pid, run.temp)).toHaveLength(1)
      run.running.kill(signal)
      await run.running.done
      expect(await readdir(run.temp)).toEqual([])
      expect(await forEachRef(run.destination)).toEqual(new Map())
    })
  }
})
