import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { parseCommands, parseFileCommands } from '../support/runner-files.ts'
import { runAction, runCli, startAction } from '../support/runner.ts'
import { makeTempFolder, type TempFolder } from '../support/temp.ts'

async function makeEntry(folder: TempFolder, script: string): Promise<string> {
  const entry = join(folder.path, 'entry.mjs')
  await writeFile(entry, `import fs from 'node:fs'\n${script}\n`)
  return entry
}

it('runs a step as the runner does, and reads what it leaves', async () => {
  await using folder = await makeTempFolder()
  const entry = await makeEntry(
    folder,
    `
    const env = process.env
    console.log('::add-mask::top-secret')
    console.log('token ' + env.INPUT_SOURCE + ' ' + env['INPUT_SOURCE-TOKEN'])
    console.log('::error title=a%2Cb,file=x%3Ay::100%25%0Asecond')
    console.log(fs.readdirSync('.').length + ' files, ' + fs.readFileSync(env.GITHUB_EVENT_PATH))
    fs.appendFileSync(env.GITHUB_OUTPUT, 'changed=true\\nlist<<EOT\\n[1,\\n2]\\nEOT\\n')
    fs.appendFileSync(env.GITHUB_STEP_SUMMARY, '# Done ' + env.INPUT_PRUNE)
    process.exitCode = 1`,
  )
  const result = await runAction({
    entry,
    token: 'top-secret',
    inputs: { prune: 'false' },
    env: { GITHUB_REPOSITORY: 'me/it' },
    event: { ref: 'refs/heads/main' },
  })
  expect(result).toMatchObject({
    exitCode: 1,
    outputs: { changed: 'true', list: '[1,\n2]' },
    summary: '# Done false',
    errors: ['100%\nsecond'],
    masks: ['top-secret'],
    stderr: '',
  })
  expect(result.commands.at(-1)!.properties).toEqual({ title: 'a,b', file: 'x:y' })
  expect(result.log).toContain('token https://github.example/me/it ***\n')
  expect(result.log).toContain('0 files, {"ref":"refs/heads/main"}')
})

it('refuses inputs that action.yml does not have', async () => {
  await expect(runAction({ inputs: { destinaton: 'x' } })).rejects.toThrow('no input destinaton')
})

it('cancels as the runner does', async () => {
  await using folder = await makeTempFolder()
  const entry = await makeEntry(
    folder,
    `process.once('SIGINT', () => process.exit(9)); setInterval(() => {}, 1000); console.log('ready')`,
  )
  await using running = await startAction({ entry })
  await running.waitFor('ready')
  running.cancel()
  expect(await running.done).toMatchObject({ exitCode: 9, signal: null })
})

it('ends what does not end, and shows its output', async () => {
  await using folder = await makeTempFolder()
  const entry = await makeEntry(folder, `console.log('I hang'); setInterval(() => {}, 1000)`)
  await expect(runCli([], { entry, limit: 1_000 })).rejects.toThrow(/not done after 1000 ms:\nI hang/)
})

it('runs the command line form, without the variables of a workflow', async () => {
  await using folder = await makeTempFolder()
  const entry = await makeEntry(
    folder,
    `console.log(JSON.stringify([process.argv.slice(2), process.env.A, process.env.GITHUB_ACTIONS]))`,
  )
  const result = await runCli(['--json', 'x'], { entry, env: { A: 'a' } })
  expect(result).toMatchObject({ exitCode: 0, stdout: '[["--json","x"],"a",null]\n' })
})

it('finds no command between stop marks or inside of a line', () => {
  const commands = parseCommands('::stop-commands::mark\n::error::x\n::mark::\na ::error::y\n::warning::z\n')
  expect(commands.map(({ name }) => name)).toEqual(['stop-commands', 'warning'])
})

it('fails as the runner does on a file of commands that is damaged', () => {
  expect(() => parseFileCommands('a<<EOT\nb\n')).toThrow('no EOT')
  expect(() => parseFileCommands('only words\n')).toThrow('neither')
})
