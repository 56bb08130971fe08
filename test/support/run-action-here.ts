import { vi } from 'vitest'
import { createActionRun } from '../../src/action/run.ts'
import { captureStdout } from './captured.ts'
import { type ActionOptions, type ActionResult, makeStep } from './runner.ts'

/** The action in this process, one at a time: what it prints goes through the stdout of all. */
export async function runActionHere(options: Pick<ActionOptions, 'inputs' | 'env'>): Promise<ActionResult> {
  await using step = await makeStep(options)
  // Of all variables, @actions/core alone looks for this one in those of the process.
  vi.stubEnv('GITHUB_OUTPUT', step.env['GITHUB_OUTPUT'])
  try {
    using out = captureStdout()
    const exitCode = await createActionRun(step.env).run(new AbortController().signal)
    return await step.read({ exitCode, signal: null, stdout: out.text, stderr: '' })
  } finally {
    vi.unstubAllEnvs()
  }
}
