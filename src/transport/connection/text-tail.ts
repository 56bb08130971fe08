const TAIL_LIMIT_BYTES = 8 * 1024

/** Text that a server writes beside the protocol: passed on as it comes, and its end kept. */
export interface TextTail {
  write(bytes: Uint8Array): void
  /** The last 8 KiB, raw. */
  text(): string
}

export function createTextTail(onText: ((text: string) => void) | undefined): TextTail {
  const decoder = new TextDecoder()
  let tail = ''
  return {
    write(bytes) {
      const text = decoder.decode(bytes, { stream: true })
      if (text === '') return
      tail = (tail + text).slice(-TAIL_LIMIT_BYTES)
      onText?.(text)
    },
    text: () => tail,
  }
}
