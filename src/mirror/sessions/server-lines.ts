import { cutText } from '../../base/printable.ts'

/** Takes text as a server sends it, cut anywhere, and gives lines. The lines are raw: escape before printing. */
export interface ServerText {
  write(raw: string): void
  /** Gives the last line, if it has no end. Call it when no more text comes. */
  end(): void
  /** What we sent has ended early, or the connection has, by our doing: lines that tell only this are left out now. */
  endedByUs(): void
  /** What comes from now on answers another request: the lines so far are dropped. */
  restart(): void
  /** The last lines; of a progress line that a server overwrote again and again, its last state. */
  readonly lines: readonly string[]
}

/** What git's programs say when the other side stops in the middle, and what then follows. */
const OUR_END =
  /\b(the remote end hung up|early EOF|unexpected disconnect|broken pipe|pack-objects died|died of signal 1[35]|aborting due to possible repository corruption|(index-pack|unpack-objects|unpacker)( abnormal)? (failed|exit|died|error))\b/i

/** What git's upload-pack writes beside its answer that no commit is so young: it is one, and nobody's news. */
const OUR_ANSWER = /^fatal: no commits selected for shallow requests$/

/** Lines with which hosts put a frame around their words: Gitea's `error:` alone, GitLab's rules of `=`. */
const FRAME = /^(?:(?:error|fatal|remote):)?[\s=*-]*$/i

/** A server's last words without the frame that it puts around them. */
export function unframe(words: string): string {
  return words
    .split(/[\r\n]+/)
    .map((line) => line.replace(/^remote: ?/, '').trim())
    .filter((line) => !FRAME.test(line))
    .join('\n')
}

const MAX_LINE_LENGTH = 1000
const LINES_KEPT = 200
/** Lines given on; a server that writes more has lost itself, or means harm. */
const LINES_GIVEN = 10_000

/**
 * Splits at LF and CR (gitprotocol-pack, band 2), leaves out empty lines, cuts a line after 1,000 characters
 * and keeps the last 200.
 */
export function createServerText(onLine: (line: string) => void): ServerText {
  const kept: string[] = []
  let partial = ''
  let overwritten = false
  let given = 0
  let isOurEnd = false

  function add(text: string): void {
    const room = MAX_LINE_LENGTH + 1 - partial.length
    if (room > 0) partial += text.slice(0, room)
  }

  function finish(progress: boolean): void {
    const line = partial.trimEnd()
    partial = ''
    if (line === '') {
      // The LF of a CR LF: the line that CR ended stays.
      if (!progress) overwritten = false
      return
    }
    if (isOurEnd && OUR_END.test(line)) return
    const text = cutText(line, MAX_LINE_LENGTH)
    if (overwritten) kept.pop()
    kept.push(text)
    if (kept.length > LINES_KEPT) kept.shift()
    overwritten = progress
    if (OUR_ANSWER.test(line)) return
    given += 1
    if (given <= LINES_GIVEN) onLine(text)
    if (given === LINES_GIVEN + 1) onLine(`… more than ${LINES_GIVEN} lines; the rest is not shown`)
  }

  return {
    lines: kept,
    write(raw) {
      let from = 0
      for (const end of raw.matchAll(/[\r\n]/g)) {
        add(raw.slice(from, end.index))
        finish(end[0] === '\r')
        from = end.index + 1
      }
      add(raw.slice(from))
    },
    end() {
      finish(false)
    },
    endedByUs() {
      isOurEnd = true
    },
    restart() {
      finish(false)
      kept.length = 0
      isOurEnd = false
    },
  }
}
