import { describe, expect, it } from 'vitest'
import { MirrorError } from '../../src/base/errors.ts'
import { startCommand } from '../support/start-command.ts'

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
    const { status, stdout, stderr } = await startCommand(args).run()
    expect([status, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(line)
    expect(stderr.match(/\n/g)).toHaveLength(1)
  })

  it('does not repeat a password of an address or a proxy', async () => {
    const env = { https_proxy: 'http://u:proxy-secret@p.example' }
    const { stderr } = await startCommand(
      ['https://u:hunter22@h.example:port/x', '/a', '--proxy-secret'],
      env,
    ).run()
    expect(stderr).not.toMatch(/hunter22|proxy-secret/)
  })
})

it('takes the pair with a verb and without', async () => {
  const pair = ['/nowhere/source', '/nowhere/destination', '--retries=0']
  const [bare, named] = [await startCommand(pair).run(), await startCommand(['mirror', ...pair]).run()]
  expect(bare.status).toBe(1)
  expect(named.status).toBe(1)
  expect(named.stdout).toContain('/nowhere/source')
})

it('says what ended it before it began', async () => {
  const error = new MirrorError('the run was cancelled (SIGINT)', { code: 'cancelled' })
  expect(await startCommand(['a', 'b']).abandon(error)).toEqual({
    status: 1,
    stdout: '',
    stderr: 'error: the run was cancelled (SIGINT)\n',
  })
})
