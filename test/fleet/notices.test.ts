import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { describeLoad } from '../../src/fleet/round/load.ts'
import { makeTempFolder } from '../support/temp.ts'
import { fleetOf } from './fleet-of.ts'

const noticesOf = async (mirrors: string): Promise<readonly string[]> =>
  (await fleetOf(`version: 1\nmirrors:\n${mirrors}`)).notices.map(({ level, text }) => `${level}: ${text}`)

it('says where one source is read by several mirrors, in whatever spelling', async () => {
  const one = "  - { name: a, source: 'https://github.com/Me/App', destination: /a }\n"
  const other = "  - { name: b, source: 'https://github.com/me/app.git', destination: /b }\n"
  expect(await noticesOf(one)).toEqual([])
  expect(await noticesOf(one + other)).toEqual([
    'info: https://github.com/Me/App is the source of a, b: one mirror with several destinations reads it once',
  ])
})

it('names three such sources, and counts the others', async () => {
  const lines = Array.from(
    { length: 20 },
    (_, index) => `  - { name: m${index}, source: /s${index % 5}, destination: /d${index} }\n`,
  )
  const notices = await noticesOf(lines.join(''))
  expect(notices).toHaveLength(4)
  expect(notices[0]).toBe(
    'info: /s0 is the source of m0, m5, m10 and 1 more: one mirror with several destinations reads it once',
  )
  expect(notices[3]).toBe('info: so it is with 2 more sources')
})

it('says what all jobs together may do to a host', async () => {
  const fleet = await fleetOf(
    `version: 1
hosts: { b.example: { mirrors-at-once: 2 } }
mirrors:
  - { source: 'https://a.example/x', destinations: ['https://b.example/x', /local] }
  - { source: 'https://a.example/y', destination: 'ssh://git@b.example/y' }
`,
    { depth: 'names' },
  )
  expect(describeLoad(fleet, 1)).toEqual([])
  expect(describeLoad(fleet, 20)).toEqual([
    'a.example: at most 5 mirrors at once in each of 20 jobs, 100 in all',
    'b.example: at most 2 mirrors at once in each of 20 jobs, 40 in all',
  ])
})

it('counts the entries of one list together, and warns where they are less than half', async () => {
  await using folder = await makeTempFolder()
  await writeFile(
    join(folder.path, 'l.txt'),
    'https://h.example/o/x\nhttps://h.example/o/y\nhttps://h.example/o/z\n',
  )
  const entry = (include: string): string =>
    `  - { name: '{repository}', discover: { list: l.txt, include: [${include}] }, destination: '/d/{repository}' }\n`
  const text = `version: 1\nmirrors:\n${entry('x')}${entry('y, z')}`
  const noticesAfter = async (count: number): Promise<readonly string[]> => {
    const config = [{ text, name: 'm.yml', folder: folder.path }]
    const { notices } = await fleetOf('', { config, lastFound: new Map([['list l.txt', count]]) })
    return notices.map((notice) => `${notice.level}: ${notice.text}`)
  }
  expect(await noticesAfter(6)).toEqual([])
  expect(await noticesAfter(7)).toEqual([
    'warning: discover list l.txt: found 3 mirrors, and 7 the last time. Nothing is deleted for that: what is not found stays as it is',
  ])
})
