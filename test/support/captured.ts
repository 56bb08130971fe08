import { vi } from 'vitest'

export interface Captured extends Disposable {
  readonly text: string
}

/** Keeps what is written to stdout from the test's own log: `using out = captureStdout()`. */
export function captureStdout(): Captured {
  let text = ''
  const spy = vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    text += chunk.toString()
    return true
  })
  return {
    get text() {
      return text
    },
    [Symbol.dispose]: () => spy.mockRestore(),
  }
}
