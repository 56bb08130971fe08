import { expect, it } from 'vitest'
import { renderJson } from '../../../src/report/result-json.ts'
import { renderReport } from '../../../src/cli/terminal/report.ts'
import { MirrorError } from '../../../src/base/errors.ts'
import { ID_A, ID_B, makeDestination, makeRejected, makeResult, NO_ID } from '../../support/results.ts'

const error = new MirrorError('no access', {
  code: 'auth',
  hint: 'Renew it.',
  serverText: 'go\naway\u001B[2J',
})

it('lists what changed and what was rejected, the verdict last', () => {
  const lines = [
    ...renderReport(
      makeResult([
        makeDestination({
          destination: 'd',
          status: 'rejected',
          changed: [
            { ref: 'refs/heads/new', action: 'create', old: NO_ID, new: ID_A },
            { ref: 'refs/heads/main', action: 'force', old: ID_A, new: ID_B },
          ],
          rejected: [makeRejected({ ref: 'refs/heads/x' })],
        }),
      ]),
    ),
  ]
  expect(lines).toEqual([
    'd: 1 ref rejected; 1 created, 1 forced',
    '  + refs/heads/new create aaaaaaaaaa',
    '  ! refs/heads/main force aaaaaaaaaa..bbbbbbbbbb',
    '  x refs/heads/x: update rejected: protected branch hook declined',
    '    Allow force pushes for this branch.',
    '1 ref rejected; 1 created, 1 forced at 1 destination in 1.3 s.',
  ])
})

it('tells what was carried of LFS', () => {
  const figures = { ...makeDestination().figures, lfsObjects: 2, lfsBytes: 1_000_000 }
  expect([...renderReport(makeResult([makeDestination({ destination: 'd', figures })]))]).toEqual([
    'd: up to date, 3 refs',
    '  carried 2 LFS objects, 1.0 MB',
    'Up to date: 1 destination had nothing to change.',
  ])
})

it('says the same advice once, below the refs that it is for', () => {
  const rejected = ['a', 'b', 'c'].map((name) =>
    makeRejected({ ref: `refs/heads/${name}`, ...(name === 'b' && { advice: 'Another.', adviceId: 'x' }) }),
  )
  const lines = [...renderReport(makeResult([makeDestination({ status: 'rejected', rejected })]))]
  expect(lines.slice(1, -1)).toEqual([
    '  x refs/heads/a: update rejected: protected branch hook declined',
    '  x refs/heads/c: update rejected: protected branch hook declined',
    '    Allow force pushes for this branch.',
    '  x refs/heads/b: update rejected: protected branch hook declined',
    '    Another.',
  ])
})

it('says what the server said and what to do', () => {
  const text = [...renderReport(makeResult([makeDestination({ status: 'failed', error })]))].join('\n')
  expect(text).toContain('remote: go\n')
  expect(text).toContain('What to do: Renew it.')
  expect(text).not.toContain('\u001B')
})

it('says nothing that a runner would obey', () => {
  const words = '##[error]x'
  const loud = new MirrorError(`::error::x ${words}`, { code: 'auth', hint: words, serverText: words })
  const rejected = [makeRejected({ ref: `refs/heads/${words}`, reason: words, advice: '::error::x' })]
  const result = makeResult([
    makeDestination({
      destination: '::error::x',
      status: 'failed',
      rejected,
      warnings: [words],
      error: loud,
    }),
  ])
  const lines = [...renderReport(result)]
  expect(lines).toContain('  remote: ## [error]x')
  for (const line of lines) expect(line).not.toMatch(/##\[|^\s*::/)
  const json = renderJson(result)
  expect(json).not.toMatch(/##\[|^\s*::/m)
  expect(JSON.parse(json).destinations[0].rejected[0].reason).toBe(words)
})

it('prints JSON that is the result, and only ASCII', () => {
  const destination = makeDestination({
    status: 'failed',
    rejected: [makeRejected({ ref: 'refs/heads/日本\u009b31m\u202e', advice: undefined })],
    error,
  })
  const json = renderJson(makeResult([destination]))
  expect(json).toMatch(/^[\x20-\x7e\n]*$/)
  const value = JSON.parse(json)
  expect(value).toMatchObject({ ok: false, error: null, dryRun: false, sourceRefs: 5 })
  expect(value.destinations[0].rejected[0]).toMatchObject({
    ref: 'refs/heads/日本\u009b31m\u202e',
    advice: null,
  })
  expect(value.destinations[0].error).toEqual({
    code: 'auth',
    message: 'no access',
    hint: 'Renew it.',
    side: null,
    status: null,
    retryable: false,
  })
})
