import { chmod, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { git } from '../support/git.ts'
import { addCommits } from '../support/repositories.ts'
import { startMain } from '../support/start-main.ts'
import { ENV, makeSetting, startServing, TOKEN } from './serving.ts'

const SCRIPT = '<script>alert(1)</script>'
/** Turns the direction of what follows. */
const RTL = '\u202e'
const BRANCH = `refs/heads/${SCRIPT}"'&${RTL}fdp`
/** What a hook of the destination says on its way to refuse. */
const WORDS = `${SCRIPT}\\r\\n::error::forged \\033[2J\\007 ${RTL}"}] event: done`

it('S15: shows what servers say, and what refs are called, as text: page, API, events, metrics and log', async () => {
  await using setting = await makeSetting(['a'])
  const source = setting.dir('a')
  await addCommits(source, 1, { ref: BRANCH, from: await git(source, 'rev-parse', 'main') })
  const hook = join(setting.dir('a-copy'), 'hooks', 'update')
  await writeFile(
    hook,
    `#!/bin/sh\ncase "$1" in refs/heads/main) exit 0;; esac\nprintf '${WORDS}\\n' >&2\nexit 1\n`,
  )
  await chmod(hook, 0o755)
  const broken = await makeSetting(['b'], {
    answer: () => ({
      status: 500,
      headers: { 'content-type': 'text/plain' },
      body: `${SCRIPT}\r\nevent: done\r\n\r\n${RTL}"quoted"`,
    }),
  })
  await using _ = broken
  await using serving = await startServing(
    await setting.configure({
      mirrors: `  - { name: a, source: '${setting.backend.url}/a.git', destination: '${setting.backend.url}/a-copy.git' }
  - { name: team/b, retries: 0, source: '${broken.backend.url}/b.git', destination: '${setting.backend.url}/a-copy2.git' }
`,
    }),
    undefined,
    ['--verbose'],
  )
  const { json } = await serving.call('POST', '/sync')
  const events = await serving.call('GET', `/rounds/${json.round}/events`)
  const views = (await serving.call('GET', '/mirrors')).json.mirrors
  expect(views.map(({ status }: { readonly status: string }) => status)).toEqual(['rejected', 'failed'])

  for (const path of [
    '/',
    '/page/mirrors/a',
    '/page/mirrors/team/b',
    `/?q=${encodeURIComponent(SCRIPT + RTL)}`,
  ]) {
    const { text, headers } = await serving.call('GET', path)
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect([path, text.includes('<script>alert')]).toEqual([path, false])
    expect([path, text.includes(RTL)]).toEqual([path, false])
    // oxlint-disable-next-line no-control-regex
    expect([path, /[\u0000-\u0008\u000b-\u001f\u007f]/.test(text)]).toEqual([path, false])
  }
  const page = (await serving.call('GET', '/page/mirrors/a')).text
  expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')

  // Each event is one line of data, however many lines a server says.
  for (const block of events.text.split('\n\n').slice(0, -1)) {
    expect(block).toMatch(/^(?:: \w+|(?:id: \d+\n)?event: (?:mirror|progress|done)\ndata: \{.*\})$/)
  }
  expect(events.text.match(/^event: done$/gm)).toHaveLength(1)
  for (const path of ['/mirrors', '/mirrors/a', '/mirrors/team/b', `/rounds/${json.round}`]) {
    const { text, headers } = await serving.call('GET', path)
    expect(headers.get('content-type')).toBe('application/json')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect([path, text.includes(RTL)]).toEqual([path, false])
    expect(() => JSON.parse(text)).not.toThrow()
  }
  const metrics = (await serving.call('GET', '/metrics')).text
  expect(metrics).not.toContain('<script')
  expect(metrics).toContain('kalandra_mirror_runs_total{mirror="team/b",status="failed"} 1')

  const lines = serving.log().trimEnd().split('\n')
  for (const line of lines) expect(() => JSON.parse(line)).not.toThrow()
  expect(serving.log()).not.toContain(RTL)
  expect(serving.log()).not.toContain(TOKEN)
  // oxlint-disable-next-line no-control-regex
  expect(serving.log()).not.toMatch(/[\u0000-\u0009\u000b-\u001f]|^::/m)
}, 60_000)

it.each([
  ['more than letters, digits and . _ - /', [SCRIPT, 'a"b', 'a b', `a${RTL}b`, 'a\\nb', '../a']],
  ['no path of its own', ['a/../b', 'a//b', 'a/', 'a/.']],
] as const)(
  'S15: takes no name of a mirror that is %s',
  async (_, names) => {
    await using setting = await makeSetting(['a'])
    const config = await setting.configure({
      mirrors: names
        .map(
          (name, index) =>
            `  - { name: "${name.replaceAll('"', '\\"')}", source: '${setting.backend.url}/a.git', destination: '${setting.backend.url}/copy${index}.git' }\n`,
        )
        .join(''),
    })
    await using main = startMain(['check', config], ENV)
    const { code, stdout, stderr } = await main.result
    expect(code).toBe(2)
    // The first mirror is on line 5.
    const told = [...(stdout + stderr).matchAll(/mirrors\.yml:(\d+):/g)].map(([, line]) => Number(line) - 5)
    expect([...new Set(told)].filter((index) => index >= 0)).toEqual([...names.keys()])
    expect(stdout + stderr).not.toContain(RTL)
    expect(stdout + stderr).not.toContain('<script>')
  },
  60_000,
)
