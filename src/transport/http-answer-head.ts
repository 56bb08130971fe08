/** Bytes of an answer's head. */
const MAX_HEAD = 64 * 1024

/** The head of an answer (RFC 9112, section 4 and 5). */
export interface AnswerHead {
  readonly status: number
  /** By name in lower case; what came several times is joined with commas. */
  readonly headers: ReadonlyMap<string, string>
  /** The server leaves the connection open for another request. */
  readonly keepsAlive: boolean
}

/** Collects the head of an answer, informational ones (1xx) before it dropped. */
export class HeadReader {
  #text = ''

  /**
   * Takes the next bytes. Once the head is whole, `rest` is how many of them lie behind it.
   * @throws Error for what is no HTTP/1 and for a head longer than 64 KiB.
   */
  push(bytes: Buffer): { readonly head: AnswerHead; readonly rest: number } | undefined {
    this.#text += bytes.toString('latin1')
    for (;;) {
      const start = this.#text.slice(0, 7)
      if (!'HTTP/1.'.startsWith(start)) throw new Error('its answer does not begin with HTTP/1')
      const end = /\r?\n\r?\n/.exec(this.#text)
      if ((end?.index ?? this.#text.length) > MAX_HEAD)
        throw new Error('the headers of its answer are longer than 64 KiB')
      if (!end) return undefined
      const head = parseHead(this.#text.slice(0, end.index))
      this.#text = this.#text.slice(end.index + end[0].length)
      if (head.status >= 200) return { head, rest: this.#text.length }
      if (head.status === 101) throw new Error('it changes to another protocol')
    }
  }
}

function parseHead(text: string): AnswerHead {
  const [first = '', ...lines] = text.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)
  const status = /^HTTP\/1\.(\d) (\d{3})(?: |$)/.exec(first)
  if (!status) throw new Error('its answer has no status')
  const headers = new Map<string, string>()
  for (const line of lines) {
    const [, name, value] = /^([\w!#$%&'*+.^`|~-]+):[ \t]*([^\0\r]*?)[ \t]*$/.exec(line) ?? []
    if (name === undefined || value === undefined) throw new Error('its answer has a broken header')
    const key = name.toLowerCase()
    const before = headers.get(key)
    headers.set(key, before === undefined ? value : `${before}, ${value}`)
  }
  const connection = headers.get('connection') ?? ''
  const keepsAlive = status[1] === '0' ? /\bkeep-alive\b/i.test(connection) : !/\bclose\b/i.test(connection)
  return { status: Number(status[2]), headers, keepsAlive }
}
