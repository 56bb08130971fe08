import { describe, expect, it } from 'vitest'
import { STEP_ITEMS } from '../../../src/base/steps.ts'
import { printResult } from '../../../src/cli/terminal/print-result.ts'
import type { MirrorResult } from '../../../src/report/result.ts'
import { makeChanges, makeDestination, makeRejected, makeResult } from '../../support/results.ts'

const REFS = 5 * STEP_ITEMS

const MANY = makeResult([makeDestination({ changed: makeChanges(REFS), rejected: [makeRejected()] })])

interface Printed {
  readonly isCut: boolean
  readonly text: string
}

async function print(
  result: MirrorResult,
  given: { readonly json?: boolean; readonly signal?: AbortSignal; readonly onWrite?: () => void },
): Promise<Printed> {
  let text = ''
  const stdout = {
    write(part: string) {
      text += part
      given.onWrite?.()
    },
  }
  const isCut = await printResult(result, {
    terminal: { stdout },
    printer: { line: () => undefined },
    secrets: { texts: ['refs/heads/secret-name'] },
    json: given.json === true,
    signal: given.signal,
  })
  return { isCut, text }
}

describe('printing a result', () => {
  it('prints every ref, as text and as JSON that is valid', async () => {
    const { signal } = new AbortController()
    const plain = await print(MANY, { signal })
    expect(plain.isCut).toBe(false)
    expect(plain.text.match(/^ {2}\+ refs\//gm)).toHaveLength(REFS)
    const { isCut, text } = await print(MANY, { signal, json: true })
    expect(isCut).toBe(false)
    const value = JSON.parse(text) as { destinations: { changed: unknown[]; rejected: unknown[] }[] }
    expect(value.destinations[0]!.changed).toHaveLength(REFS)
    expect(value.destinations[0]!.rejected).toHaveLength(1)
  })

  it.each([false, true])('stops when the run is cancelled meanwhile, json: %s', async (json) => {
    const controller = new AbortController()
    const { isCut, text } = await print(MANY, {
      json,
      signal: controller.signal,
      onWrite: () => controller.abort(),
    })
    expect(isCut).toBe(true)
    expect(text.length).toBeGreaterThan(0)
    expect(text.match(/refs\/heads\//g)!.length).toBeLessThan(REFS / 2)
  })

  it('of a run that was cancelled before shows the first thousand refs of a list, and counts all', async () => {
    const plain = await print(MANY, {})
    expect(plain.isCut).toBe(false)
    expect(plain.text.match(/^ {2}\+ refs\//gm)).toHaveLength(1000)
    expect(plain.text).toContain(`… and ${(REFS - 1000).toLocaleString('en-US')} more refs changed`)
    const { text } = await print(MANY, { json: true, signal: AbortSignal.abort() })
    const { destinations } = JSON.parse(text) as {
      destinations: { changed: unknown[]; warnings: string[] }[]
    }
    expect(destinations[0]!.changed).toHaveLength(1000)
    expect(destinations[0]!.warnings.at(-1)).toContain('more refs changed or were rejected')
  })
})
