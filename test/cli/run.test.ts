import { describe, expect, it } from 'vitest'
import { createCommandRun } from '../../src/cli/run.ts'
import { MirrorError } from '../../src/base/errors.ts'

interface Ended {
  readonly status: number
  readonly stdout: string
  readonly stderr: string
}

function start(
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): {
  readonly run: () => Promise<Ended>
  readonly abandon: (error: MirrorError) => Promise<Ended>
} {
  const texts = { stdout: '', stderr: '' }
  const streamOf = (name: 'stdout' | 'stderr'): { write(text: string): void } => ({
    write(text) {
      texts[name] += text
    },
  })
  const command = createCommandRun({ args, env, stdout: streamOf('stdout'), stderr: streamOf('stderr') })
  return {
    run: async () => ({ status: await command.run(new AbortController().signal), ...texts }),
    abandon: async (error) => ({ status: await command.abandon(error), ...texts }),
  }
}

describe('wrong use', () => {
  it.each([
    [['https://a.example/x'], /^error: DESTINATION is missing\. See --help\.\n$/],
    [['mirror'], /^error: SOURCE and DESTINATION are missing\. See --help\.\n$/],
    [['https://a.example/x', '/a', '-x'], /^error: Unknown option '-x'/],
    [
      ['https://a.example/x', '/a', 'b', '--retries=x', '--time-limit', 'soon'],
      /^error: DESTINATION 2 .*; --retries: "x" is not .*; --time-limit: "soon" is neither/,
    ],
    [
      ['https://a.example/x', '/a', '--refs', 'refs/head/*'],
      /^error: --refs: "refs\/head\/\*" .* Write refs\/heads/,
    ],
  ])('of %j ends with 2 and one line', async (args, line) => {
    const { status, stdout, stderr } = await start(args).run()
    expect([status, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(line)
    expect(stderr.match(/\n/g)).toHaveLength(1)
  })

  it('does not repeat a password of an address or a proxy', async () => {
    const env = { https_proxy: 'http://u:proxy-secret@p.example' }
    const { stderr } = await start(['https://u:hunter22@h.example:port/x', '/a', '--proxy-secret'], env).run()
    expect(stderr).not.toMatch(/hunter22|proxy-secret/)
  })
})

it('takes the pair with a verb and without', async () => {
  const pair = ['/nowhere/source', '/nowhere/destination', '--retries=0']
  const [bare, named] = [await start(pair).run(), await start(['mirror', ...pair]).run()]
  expect(bare.status).toBe(1)
  expect(named.status).toBe(1)
  expect(named.stdout).toContain('/nowhere/source')
})

it('says what ended it before it began', async () => {
  const error = new MirrorError('the run was cancelled (SIGINT)', { code: 'cancelled' })
  expect(await start(['a', 'b']).abandon(error)).toEqual({
    status: 1,
    stdout: '',
    stderr: 'error: the run was cancelled (SIGINT)\n',
  })
})
