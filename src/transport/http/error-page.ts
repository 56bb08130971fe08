import { toText } from '../../base/bytes.ts'
import { printableLine } from '../../base/printable.ts'
import type { HttpAnswer } from '../http-client/messages.ts'

const MOST_PAGE_BYTES = 16 * 1024

/** A page that stalls is given up after so many milliseconds. */
const PAGE_LIMIT_MS = 5000

/** Characters of a server's line that an error quotes. */
export const MOST_QUOTED_LENGTH = 200

/** The first 16 KiB of an error page, as text; then the request is ended. Never throws. */
export async function readPage(answer: HttpAnswer): Promise<string> {
  const parts: Uint8Array[] = []
  const timer = setTimeout(() => void answer.bytes.cancel(), PAGE_LIMIT_MS)
  try {
    for (let left = MOST_PAGE_BYTES; left > 0;) {
      const part = await answer.bytes.readSome(left)
      if (!part) break
      parts.push(part)
      left -= part.length
    }
  } catch {
    // What came is all there is: the status says enough.
  } finally {
    clearTimeout(timer)
  }
  await answer.bytes.cancel()
  const text = toText(Buffer.concat(parts))
  return isHtml(answer, text) ? stripTags(text) : text
}

/** The first line that says something, fit to quote: one line, no control characters, at most 200 characters. */
export function quoteFirstLine(page: string): string | undefined {
  const lines = (parsePackets(page) ?? page).split(/[\r\n]+/)
  for (const raw of lines) {
    const line = printableLine(raw, MOST_QUOTED_LENGTH)
    if (line !== '' && !line.startsWith('# service=')) return line
  }
  return undefined
}

function isHtml(answer: HttpAnswer, text: string): boolean {
  return (
    /\bhtml\b/i.test(answer.header('content-type') ?? '') || /^\s*<(!doctype|html|head|body)\b/i.test(text)
  )
}

function stripTags(html: string): string {
  return html
    .replace(
      /<(script|style|head)\b[^]*?(<\/\1\s*>|$)/gi,
      (block) => /<title[^>]*>([^<]*)/i.exec(block)?.[1] ?? '',
    )
    .replace(/<!--[^]*?(-->|$)/g, '')
    .replace(/<\/?(p|div|br|h\d|li|tr|title|center|hr|pre)\b[^>]*>/gi, '\n')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&(lt|gt|quot|#39|nbsp|amp);/g, (_, name: string) => ENTITIES[name] ?? ' ')
    .replace(/[ \t]+/g, ' ')
    .replace(/\s*\n\s*/g, '\n')
    .trim()
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&' }

/** Azure puts pkt-lines into its error pages. */
function parsePackets(text: string): string | undefined {
  const payloads: string[] = []
  let at = 0
  while (at < text.length) {
    const digits = text.slice(at, at + 4)
    if (!/^[0-9a-f]{4}$/i.test(digits)) break
    const length = Number.parseInt(digits, 16)
    payloads.push(text.slice(at + 4, at + Math.max(4, length)))
    at += Math.max(4, length)
  }
  return payloads.length > 0 ? `${payloads.join('\n')}\n${text.slice(at)}` : undefined
}
