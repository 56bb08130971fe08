import { expect, it } from 'vitest'
import { createCommandQueue, type RunnerCommands } from '../../src/action/command-queue.ts'

function record(): { readonly core: RunnerCommands; readonly lines: string[] } {
  const lines: string[] = []
  const core: RunnerCommands = {
    setSecret: (text) => void lines.push(`mask ${text}`),
    info: (text) => void lines.push(text),
    warning: (text) => void lines.push(`warning ${String(text)}`),
    error: (text) => void lines.push(`error ${String(text)}`),
    startGroup: (text) => void lines.push(`group ${text}`),
    endGroup: () => void lines.push('end'),
  }
  return { core, lines }
}

it('keeps commands until it is opened, and their order', () => {
  const { commands, open } = createCommandQueue()
  const { core, lines } = record()
  commands.setSecret('hunter22')
  commands.startGroup('List')
  commands.info('one')
  commands.warning('two')
  commands.endGroup()
  expect(lines).toEqual([])
  open(core)
  expect(lines).toEqual(['mask hunter22', 'group List', 'one', 'warning two', 'end'])
  commands.error('three')
  expect(lines.at(-1)).toBe('error three')
  open(core)
  expect(lines).toHaveLength(6)
})
