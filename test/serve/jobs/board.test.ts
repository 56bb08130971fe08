import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Board, type Waiter } from '../../../src/serve/jobs/board.ts'

class Watch implements Waiter<number> {
  readonly begun: string[] = []
  readonly ended: [string, number][] = []
  onBegin(key: string): void {
    this.begun.push(key)
  }
  onEnd(key: string, outcome: number): void {
    this.ended.push([key, outcome])
  }
}

describe('a mirror', () => {
  it('is idle, waits, runs, and is idle again', () => {
    const board = new Board<number>()
    expect(board.state('a')).toBe('idle')
    expect(board.trigger('a', 'hand')).toBe('queued')
    expect(board.state('a')).toBe('waiting')
    board.begin('a')
    expect(board.state('a')).toBe('running')
    expect(board.end('a', 1)).toBeUndefined()
    expect(board.state('a')).toBe('idle')
  })

  it('runs once more after a hundred triggers during a run, and no more', () => {
    const board = new Board<number>()
    board.trigger('a', 'hand')
    board.begin('a')
    const answers = Array.from({ length: 100 }, () => board.trigger('a', 'webhook'))
    expect(answers[0]).toBe('dirty')
    expect(new Set(answers.slice(1))).toEqual(new Set(['joined']))
    expect(board.state('a')).toBe('dirty')
    expect(board.end('a', 1)).toBe('webhook')
    expect(board.state('a')).toBe('waiting')
    board.begin('a')
    expect(board.end('a', 2)).toBeUndefined()
    expect(board.state('a')).toBe('idle')
  })

  it('is not queued twice by a schedule that comes while it runs', () => {
    const board = new Board<number>()
    board.trigger('a', 'schedule')
    board.begin('a')
    expect(board.trigger('a', 'schedule')).toBe('ignored')
    expect(board.state('a')).toBe('running')
    expect(board.end('a', 1)).toBeUndefined()
  })

  it('goes before others when it is asked for by hand, and never after again', () => {
    const board = new Board<number>()
    board.trigger('a', 'schedule')
    expect(board.trigger('a', 'hand')).toBe('raised')
    expect(board.trigger('a', 'webhook')).toBe('joined')
    board.begin('a')
    board.trigger('a', 'webhook')
    board.trigger('a', 'hand')
    expect(board.end('a', 1)).toBe('hand')
  })
})

describe('a waiter', () => {
  it('is told of the run that began after it came, not of the one that ran', () => {
    const board = new Board<number>()
    board.trigger('a', 'hand')
    board.begin('a')
    const late = new Watch()
    board.trigger('a', 'hand', late)
    board.end('a', 1)
    expect(late.ended).toEqual([])
    board.begin('a')
    expect(late.begun).toEqual(['a'])
    board.end('a', 2)
    expect(late.ended).toEqual([['a', 2]])
  })

  it('who leaves takes back what nobody else waits for', () => {
    const board = new Board<number>()
    const [one, other] = [new Watch(), new Watch()]
    board.trigger('a', 'hand', one)
    board.trigger('a', 'hand', other)
    expect(board.leave('a', one)).toBeUndefined()
    expect(board.leave('a', other)).toBe('waiting')
    board.trigger('b', 'schedule')
    board.trigger('b', 'hand', one)
    board.begin('b')
    expect(board.leave('b', one)).toBe('running')
    board.trigger('c', 'hand')
    board.begin('c')
    board.trigger('c', 'hand', one)
    expect(board.leave('c', one)).toBeUndefined()
    expect(board.state('c')).toBe('running')
  })
})

it('tells each waiter exactly once, of the first run that began after it came, in any order of events', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('hand', 'webhook', 'schedule', 'begin', 'end'), { maxLength: 60 }),
      (steps) => {
        const board = new Board<number>()
        const waiters: { readonly watch: Watch; readonly came: number }[] = []
        const begun: number[] = []
        let time = 0
        let isRunning = false
        for (const step of [...steps, 'end', 'begin', 'end'] as const) {
          time++
          if (step === 'begin') {
            if (board.state('a') !== 'waiting') continue
            board.begin('a')
            begun.push(time)
            isRunning = true
          } else if (step === 'end') {
            if (!isRunning) continue
            isRunning = false
            board.end('a', begun.at(-1)!)
          } else {
            const watch = new Watch()
            if (board.trigger('a', step, watch) !== 'ignored') waiters.push({ watch, came: time })
          }
        }
        for (const { watch, came } of waiters) {
          expect(watch.ended).toEqual([['a', begun.find((at) => at > came)]])
        }
        expect(board.state('a')).toBe('idle')
      },
    ),
  )
})
