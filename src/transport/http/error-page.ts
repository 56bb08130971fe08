import { toText } from '../../base/bytes.ts'
import type { HttpAnswer } from '../http-client/messages.ts'

const MAX_PAGE = 16 * 1024

/** A page that stalls is given up after so many milliseconds. */
const PATIENCE = 5000

const MAX_LINE = 200

/** The first 16 KiB of an error page, as text; then the request is ended. Never throws. */
export async function readPage(answer: HttpAnswer): Promise<string> {
  const parts: Uint8Array[] = []
  const timer = setTimeout(() => void answer.bytes.cancel(), PATIENCE)
  try {
    for (let left = MAX_PAGE; left > 0;) {
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
    const line = oneLine(raw)
    if (line !== '' && !line.startsWith('# service=')) return line
  }
  return undefined
}

/** One printable line of at most 200 characters. */
export function oneLine(text: string): string {
  const line = text
    .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+/g, ' ')
    .trim()
  return line.length > MAX_LINE ? `${line.slice(0, MAX_LINE)}…` : line
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
