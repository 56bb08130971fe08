import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Breaker, startBreaker } from '../support/fault-breaker.ts'
import { fsck } from '../support/git.ts'
import { keptOf, ownRefs, refsOf } from '../support/overwritten.ts'
import type { Transport } from '../support/places.ts'
import { runCli } from '../support/runner.ts'

/** Moments of each run at which its process is killed, from its first ref to its last. */
const KILLS: Readonly<Record<Transport, number>> = { file: 12, http: 12, ssh: 12 }

/** Refs that the run overwrites or deletes. */
const AT_STAKE = ['refs/heads/forced', 'refs/heads/old', 'refs/tags/light']

/**
 * Git calls it when a ref is about to move, and when it has moved (githooks, "reference-transaction"): the one that is
 * meant ends the run's process, without a word and without a chance.
 */
const HOOK = `#!/bin/sh
[ "$1" = prepared ] || [ "$1" = committed ] || exit 0
echo "$1" >> calls
count=0 at=0
while read -r call; do count=$((count + 1)); done < calls
[ ! -e kill-at ] || read -r at < kill-at
[ "$count" -eq "$at" ] || exit 0
read -r pid < kill-pid
kill -9 "$pid"
exit 0
`

describe.each(['file', 'http', 'ssh'] as const)(
  'a run over %s that is killed, with backup on',
  (transport) => {
    let breaker: Breaker
    let calls = 0

    const arm = async (at: number): Promise<void> => {
      const { pair } = breaker
      await pair.restore()
      await mkdir(join(pair.destination, 'hooks'), { recursive: true })
      const hook = join(pair.destination, 'hooks', 'reference-transaction')
      await writeFile(join(pair.destination, 'kill-at'), `${at}\n`)
      await writeFile(hook, HOOK)
      await chmod(hook, 0o755)
    }

    beforeAll(async () => {
      breaker = await startBreaker(transport, { backup: 'true' })
      await arm(0)
      const whole = await breaker.run({ retries: '0' })
      expect(whole.exitCode, whole.log).toBe(0)
      calls = (await readFile(join(breaker.pair.destination, 'calls'), 'utf8')).trimEnd().split('\n').length
    })

    afterAll(() => breaker?.[Symbol.asyncDispose]())

    it.each(Array.from({ length: KILLS[transport] }, (_, index) => index))(
      'has kept what it had moved by then, and the next run ends it: moment %i',
      async (index) => {
        const { pair } = breaker
        await arm(1 + Math.floor((index * (calls - 1)) / (KILLS[transport] - 1)))
        const running = await breaker.start({ retries: '0' })
        await writeFile(join(pair.destination, 'kill-pid'), `${running.pid}\n`)
        const { signal, log } = await running.done
        await breaker.settled()
        expect(signal, log).toBe('SIGKILL')
        const cut = await refsOf(pair.destination)
        for (const name of AT_STAKE) {
          const old = pair.before[name]!
          if (cut[name] !== old) expect(keptOf(cut)[name], `${name}\n${log}`).toContain(old)
          expect(new Set(keptOf(cut)[name] ?? [old])).toEqual(new Set([old]))
        }
        const next = await breaker.run({ retries: '0' })
        expect(next.exitCode, next.log).toBe(0)
        await breaker.settled()
        const after = await refsOf(pair.destination)
        expect(ownRefs(after)).toEqual(pair.after)
        for (const name of AT_STAKE) expect(keptOf(after)[name], name).toContain(pair.before[name]!)
        await fsck(pair.destination)
        if (transport !== 'file') return
        const restored = await runCli(['restore', pair.destination, '--all'])
        expect(restored.exitCode, restored.stderr + restored.stdout).toBe(0)
        const back = await refsOf(pair.destination)
        for (const name of AT_STAKE) expect(back[name], name).toBe(pair.before[name])
      },
    )
  },
)
