import { afterEach, expect, it, vi } from 'vitest'
import { isWorkflowToken, readInputs } from '../../src/action/inputs.ts'

afterEach(() => vi.unstubAllEnvs())

it('reads what the runner puts into the environment', () => {
  vi.stubEnv('INPUT_DESTINATION', ' https://a.example/x\nhttps://b.example/y \n')
  vi.stubEnv('INPUT_MAX-DELETIONS', '7')
  vi.stubEnv('INPUT_SOURCE-SSH-PASSPHRASE', ' with spaces ')
  const values = readInputs(process.env)
  expect(values.destination).toBe('https://a.example/x\nhttps://b.example/y')
  expect(values['max-deletions']).toBe('7')
  expect(values['source-ssh-passphrase']).toBe(' with spaces ')
  expect(values.refs).toBe('')
})

it("knows the workflow's token by the input that names it", () => {
  const own = isWorkflowToken({ 'workflow-token': 'ghs_own' }, {})
  expect(own('ghs_own')).toBe(true)
  expect(own('ghs_of-an-app')).toBe(false)
  expect(own('')).toBe(false)
})

it('takes every token of that kind for it where no input names it', () => {
  const own = isWorkflowToken({}, { GITHUB_TOKEN: 'f00' })
  expect([own('ghs_x'), own('f00'), own('ghp_x'), own('')]).toEqual([true, true, false, false])
})
