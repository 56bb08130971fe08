import { afterEach, describe, expect, it, vi } from 'vitest'
import { type ActionLog, createLog, type LogOptions } from '../../src/action/log.ts'
import { collectSecrets } from '../../src/options/secrets.ts'
import { makeChanges, makeRejected } from '../support/results.ts'

interface Recorded {
  readonly log: ActionLog
  readonly lines: string[]
}

function record(options: Partial<LogOptions> = {}): Recorded {
  const lines: string[] = []
  const log = createLog({
    destinations: ['https://d.example/one'],
    sink: {
      info: (text) => void lines.push(text),
      warning: (text) => void lines.push(`WARNING ${String(text)}`),
      error: (text) => void lines.push(`ERROR ${String(text)}`),
      startGroup: (text) => void lines.push(`GROUP ${text}`),
      endGroup: () => void lines.push('END'),
    },
    ...options,
  })
  logs.push(log)
  return { log, lines }
}

const logs: ActionLog[] = []
const TWO = { destinations: ['https://d.example/one', 'https://d.example/two'] }

afterEach(() => {
  for (const log of logs.splice(0)) log.close()
  vi.useRealTimers()
})

describe('phases', () => {
  it('are groups that never nest', () => {
    const { log, lines } = record()
    log.reporter({ kind: 'phase', phase: 'list', text: 'Listing' })
    log.reporter({ kind: 'phase', phase: 'transfer', destination: 'https://d.example/one', text: 'Sending' })
    log.close()
    expect(lines).toEqual(['GROUP Listing', 'END', 'GROUP Sending', 'END'])
  })

  it('of several destinations share a group, and their lines say whose they are', () => {
    const { log, lines } = record(TWO)
    log.reporter({ kind: 'phase', phase: 'list', destination: 'https://d.example/one', text: 'Listing' })
    log.reporter({ kind: 'phase', phase: 'transfer', destination: 'https://d.example/one', text: 'Sending' })
    log.reporter({ kind: 'phase', phase: 'list', destination: 'https://d.example/two', text: 'Listing' })
    log.reporter({ kind: 'phase', phase: 'transfer', destination: 'https://d.example/two', text: 'Sending' })
    log.close()
    expect(lines).toEqual([
      'GROUP List refs',
      '[d.example/one] Listing',
      'END',
      'GROUP Transfer',
      '[d.example/one] Sending',
      '[d.example/two] Listing',
      '[d.example/two] Sending',
      'END',
    ])
  })
})

describe('texts of servers', () => {
  it.each([
    '::add-mask::main',
    '  ::set-output name=changed::true',
    '##[error]now',
    'fine ##[add-path]/evil',
    'a\n::error::b',
    'a\r::error::b',
    'a\u0085::error::b\u2028::error::c',
    '::stop-commands::x',
  ])('cannot speak to the runner: %j', (text) => {
    const { log, lines } = record()
    log.reporter({ kind: 'server-text', side: 'destination', server: 'd', text })
    log.reporter({ kind: 'notice', level: 'info', text })
    log.reporter({ kind: 'phase', phase: 'list', text })
    log.reporter({ kind: 'rejected', destination: 'd', rejected: makeRejected({ reason: text }) })
    expect(lines).toHaveLength(4)
    for (const line of lines) {
      expect(line).not.toMatch(/^\s*::|##\[|[\r\n\u0085\u2028]/)
    }
    expect(lines[0]).toMatch(/^remote: /)
  })

  it('are told apart by their side', () => {
    const { log, lines } = record()
    log.reporter({ kind: 'server-text', side: 'source', server: 's', text: 'Counting' })
    expect(lines).toEqual(['source: Counting'])
  })

  it('are cut when they are endless', () => {
    expect(record().log.line('x'.repeat(100_000)).length).toBeLessThan(3000)
  })
})

it('holds no secret in any line, however it is spelt and wherever it is cut', () => {
  const secret = 'hunter22-and-more'
  const { secrets } = collectSecrets({ 'source-token': secret })
  const { log, lines } = record({ secrets })
  const split = [...secret].join('\u200b')
  for (const words of [secret, split, `${'x'.repeat(1990)}${secret}`, `${'x'.repeat(1990)}${split}`]) {
    const text = `go away, ${words}`
    log.reporter({ kind: 'server-text', side: 'source', server: 's', text })
    log.reporter({ kind: 'notice', level: 'warning', text })
    log.reporter({ kind: 'phase', phase: 'list', text })
    log.reporter({ kind: 'rejected', destination: 'd', rejected: makeRejected({ reason: text }) })
    log.error(`error, ${text}`)
    lines.push(log.line(text))
  }
  const shown = lines.filter((line) => line !== 'END')
  expect(shown).toHaveLength(24)
  for (const line of shown) expect(line).not.toMatch(/hun|t\u200be/)
  expect(lines).toContain('source: go away, ***')
})

it('shows the change of a ref as git does, and stops at some hundred', () => {
  const { log, lines } = record()
  for (const change of makeChanges(1000)) {
    log.reporter({ kind: 'changed', destination: 'https://d.example/one', change, dryRun: false })
  }
  expect(lines[0]).toBe('+ create refs/heads/b0 aaaaaaaaaa')
  expect(lines).toHaveLength(201)
  expect(lines.at(-1)).toContain('and more')
})

it('annotates at most nine of a kind and each text once', () => {
  const { log, lines } = record()
  for (let i = 0; i < 15; i++) log.warning(`warning ${i}`)
  for (let i = 0; i < 15; i++) log.warning(`warning ${i}`)
  log.error('bad')
  expect(lines.filter((line) => line.startsWith('WARNING'))).toHaveLength(9)
  expect(lines.filter((line) => line.startsWith('warning: warning'))).toHaveLength(6)
  expect(lines.at(-1)).toBe('ERROR bad')
})

it('gives a line of progress now and then', () => {
  vi.useFakeTimers()
  const { log, lines } = record({ progressInterval: 1000 })
  for (let i = 0; i <= 3000; i += 10) {
    log.reporter({ kind: 'progress', destination: 'https://d.example/one', bytes: i * 1000, objects: 5 })
    vi.advanceTimersByTime(10)
  }
  expect(lines).toHaveLength(3)
  expect(lines[0]).toBe('sent 1.0 MB, pack of 5 objects, 1.0 MB/s')
})

it('says that it still waits when nothing was heard for long', () => {
  vi.useFakeTimers()
  const { log, lines } = record({ silenceInterval: 60_000 })
  log.reporter({ kind: 'phase', phase: 'transfer', text: 'Sending' })
  vi.advanceTimersByTime(50_000)
  expect(lines).toHaveLength(1)
  vi.advanceTimersByTime(30_000)
  expect(lines[1]).toContain('still waiting')
  expect(lines[1]).toContain('Sending')
})
