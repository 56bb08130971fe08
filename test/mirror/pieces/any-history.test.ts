import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mirror } from '../../../src/mirror/mirror.ts'
import { readOptions } from '../../../src/options/read-options.ts'
import type { MirrorResult } from '../../../src/report/result.ts'
import { forEachRef, fsck, GIT_ENV, makeBareRepository } from '../../support/git.ts'
import { anyHistory, writeHistory } from '../../support/histories.ts'
import { makeTempFolder, type TempFolder } from '../../support/temp.ts'

/** Histories of one run; a thousand are tried by hand, in some minutes. */
const RUNS = Number(process.env['KALANDRA_PIECES_RUNS'] ?? 10)

/** Bytes of one push. */
const LIMIT_BYTES = 20_000

/** Room for a commit of sixteen parents, its folder, and what a pack has beside its objects. */
const MOST_FILE_BYTES = LIMIT_BYTES - 1500

const MOST_COMMITS = 30
const MILLISECONDS_EACH = 60_000

let folder: TempFolder
let empty: string

beforeAll(async () => {
  folder = await makeTempFolder()
  const config = { 'receive.maxInputSize': String(LIMIT_BYTES) }
  empty = (await makeBareRepository({ parent: folder.path, name: 'empty.git', config })).path
})
afterAll(async () => await folder?.[Symbol.asyncDispose]())

interface Run {
  readonly result: MirrorResult
  readonly log: string
}

async function run(source: string, destination: string): Promise<Run> {
  const log: string[] = []
  const values = { source, destination, retries: '0' }
  const { options } = readOptions({ values, env: GIT_ENV })
  const result = await mirror(
    { ...options, maxPackSize: LIMIT_BYTES },
    (event) => 'text' in event && log.push(event.text),
    new AbortController().signal,
  )
  return { result, log: log.join('\n') }
}

describe('a history whose commits each fit one push', () => {
  it(
    'arrives, whatever its dates and shape',
    async () => {
      let count = 0
      await fc.assert(
        fc.asyncProperty(anyHistory(MOST_FILE_BYTES, MOST_COMMITS), async (history) => {
          const source = join(folder.path, `source-${count}.git`)
          const destination = join(folder.path, `destination-${count++}.git`)
          await cp(empty, source, { recursive: true })
          await cp(empty, destination, { recursive: true })
          await writeHistory(source, history)
          const { result, log } = await run(source, destination)
          expect(result.destinations[0]?.error, log).toBeUndefined()
          expect(result.destinations[0], log).toMatchObject({ rejected: [], leftovers: [] })
          expect(result.ok, log).toBe(true)
          expect(await forEachRef(destination)).toEqual(await forEachRef(source))
          await fsck(destination)
        }),
        { numRuns: RUNS, endOnFailure: RUNS > 100 },
      )
    },
    RUNS * MILLISECONDS_EACH,
  )
})
