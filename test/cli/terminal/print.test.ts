import { describe, expect, it, vi } from 'vitest'
import { createPrinter, type Printer } from '../../../src/cli/terminal/print.ts'
import { collectSecrets } from '../../../src/options/secrets.ts'

interface Opened {
  readonly printer: Printer
  readonly written: () => string
}

function open(stream: { isTTY?: boolean; columns?: number } = {}, several = false): Opened {
  let written = ''
  const { secrets } = collectSecrets({ 'source-token': 'hunter22' })
  const write = (text: string): number => (written += text).length
  const printer = createPrinter({ stream: { ...stream, write }, secrets, several })
  return { printer, written: () => written }
}

function sendProgress(printer: Printer): void {
  vi.useFakeTimers()
  try {
    for (let i = 0; i <= 10; i++) {
      printer.reporter({ kind: 'progress', destination: 'd', bytes: i * 1_000_000, objects: 7 })
      vi.advanceTimersByTime(1000)
    }
  } finally {
    vi.useRealTimers()
  }
}

describe('on a terminal', () => {
  it('keeps one live line and takes it away', () => {
    const { printer, written } = open({ isTTY: true, columns: 60 })
    printer.reporter({ kind: 'phase', phase: 'list', text: 'Listing' })
    sendProgress(printer)
    printer.close()
    expect(written()).not.toContain('\n')
    expect(written()).toContain('\r\u001B[KListing')
    expect(written()).toContain('1.0 MB/s')
    expect(written().endsWith('\r\u001B[K')).toBe(true)
  })

  it('prints other lines above it and draws it again', () => {
    const { printer, written } = open({ isTTY: true })
    printer.reporter({ kind: 'phase', phase: 'list', text: 'Listing' })
    printer.line('hello')
    expect(written().endsWith('\r\u001B[Khello\nListing')).toBe(true)
  })

  it('never lets the live line wrap', () => {
    const { printer, written } = open({ isTTY: true, columns: 30 })
    printer.reporter({ kind: 'phase', phase: 'list', text: 'x'.repeat(200) })
    expect(written().replace('\r\u001B[K', '').length).toBeLessThan(30)
  })
})

describe('elsewhere', () => {
  it('prints plain lines, one of progress every few seconds', () => {
    const { printer, written } = open()
    printer.reporter({ kind: 'phase', phase: 'list', text: 'Listing' })
    sendProgress(printer)
    printer.close()
    expect(written()).not.toMatch(/[\r\u001B]/)
    expect(written().trimEnd().split('\n')).toEqual([
      'Listing',
      'sent 5.0 MB, pack of 7 objects, 1.0 MB/s',
      'sent 10 MB, pack of 7 objects, 1.0 MB/s',
    ])
  })

  it('says whose a line is when there are several destinations', () => {
    const { printer, written } = open({}, true)
    printer.reporter({ kind: 'notice', level: 'warning', destination: 'd1', text: 'careful' })
    expect(written()).toBe('[d1] warning: careful\n')
  })
})

it('lets no escape sequence and no secret of a server through', () => {
  const { printer, written } = open()
  const text = '\u001B]0;title\u0007\u001B[2J hunter22 \u009b31m \r\nmore'
  printer.reporter({ kind: 'server-text', side: 'destination', server: 'd', text })
  expect(written()).toMatch(/^remote: /)
  expect(written()).toContain('***')
  expect(written()).not.toMatch(/[\u001B\u0007\u009b\r]|hunter22/)
  expect(written().split('\n')).toHaveLength(2)
})

it('lets nothing through that a runner would obey, when it runs in a step', () => {
  const { printer, written } = open()
  printer.line('::error::x')
  printer.reporter({ kind: 'notice', level: 'info', text: ' ::set-output name=a::b ##[group]x' })
  printer.reporter({ kind: 'server-text', side: 'destination', server: 'd', text: '##\u200b[error]x' })
  expect(written().split('\n')).toEqual([
    '| ::error::x',
    '| ::set-output name=a::b ## [group]x',
    'remote: ## [error]x',
    '',
  ])
})
