import { spawn } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { forEachRef, makeBareRepository } from '../support/git.ts'
import { startHttpBackend } from '../support/http-backend.ts'
import { addCommits } from '../support/repositories.ts'
import { findProgram } from '../support/servers/require-server.ts'
import { makeTempFolder } from '../support/temp.ts'

const MAIN = join(import.meta.dirname, '..', '..', 'src', 'main.ts')
const COLUMNS = 60

/** All that a program wrote to a terminal of its own, by script(1). */
function runAtTerminal(
  args: readonly string[],
): Promise<{ readonly code: number | null; readonly text: string }> {
  const command = [process.execPath, MAIN, ...args].map((word) => `'${word}'`).join(' ')
  const child = spawn('script', ['-qec', `stty cols ${COLUMNS}; ${command}`, '/dev/null'], {
    env: { PATH: process.env['PATH'], TERM: 'xterm' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let text = ''
  child.stdout.setEncoding('utf8').on('data', (part: string) => (text += part))
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, text }))
  })
}

it.skipIf(process.platform !== 'linux' || findProgram('script') === undefined)(
  'a round at a terminal has one live line, and one for each transfer, and leaves neither behind',
  { timeout: 120_000 },
  async () => {
    await using folder = await makeTempFolder()
    const source = await makeBareRepository({ parent: folder.path, name: 's.git' })
    await addCommits(source.path, 40, { size: 100_000 })
    const config = { 'http.receivepack': 'true' }
    const destination = await makeBareRepository({ parent: folder.path, name: 'd.git', config })
    await using backend = await startHttpBackend({ root: folder.path, delay: 250 })
    const file = join(folder.path, 'm.yml')
    const mirrors = [
      `  - { name: slow, source: '${backend.url}/s.git', destination: '${backend.url}/d.git' }\n`,
      `  - { name: lost, source: '${join(folder.path, 'none.git')}', destination: '${destination.path}2' }\n`,
    ]
    await writeFile(file, `version: 1\nmirrors:\n${mirrors.join('')}`)
    const { code, text } = await runAtTerminal(['round', file])
    expect(code).toBe(1)
    expect(await forEachRef(destination.path)).toEqual(await forEachRef(source.path))
    expect(text).toContain('\r\u001B[K')
    expect(text).toMatch(/\d of 2 mirrors, 0 changed, 1 failed\s+slow: [\d.]+ [kM]?B/)
    // What is drawn is taken away again before anything else is written: a screen shows each line once.
    const screen = showScreen(text)
    expect(screen.filter((line) => line.includes('of 2 mirrors'))).toEqual([])
    expect(screen.filter((line) => line === 'lost: failed')).toHaveLength(1)
  },
)

/** The lines that are left where the cursor goes up, to the start, and clears its line. */
function showScreen(text: string): readonly string[] {
  const lines = ['']
  let row = 0
  for (const [part] of text.matchAll(/\u001B\[1A|\u001B\[K|\r|\n|[^\u001B\r\n]+/g)) {
    if (part === '\u001B[1A') row = Math.max(0, row - 1)
    else if (part === '\u001B[K') lines[row] = ''
    else if (part === '\n') lines[++row] ??= ''
    else if (part !== '\r') lines[row] += part
  }
  return lines
}
