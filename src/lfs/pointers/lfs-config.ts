/**
 * `lfs.url` of a `.lfsconfig` (git-lfs-config(5)), the one of its keys that says where objects are; undefined where it
 * is not set. The last one counts. Reads the syntax of git-config(1) as far as such a file needs it.
 */
export function readLfsUrl(text: string): string | undefined {
  let section = ''
  let url: string | undefined
  for (const raw of text.split(/\r?\n/)) {
    const line = raw.trim()
    const head = /^\[\s*([\w.-]+)\s*("(?:[^"\\]|\\.)*")?\s*\]/.exec(line)
    if (head) section = `${head[1]!.toLowerCase()}${head[2] ?? ''}`
    const rest = head ? line.slice(head[0].length) : line
    const value = /^\s*url\s*=\s*(.*)$/i.exec(rest)?.[1]
    if (section === 'lfs' && value !== undefined) url = unquote(value)
  }
  return url === '' ? undefined : url
}

/** Quotes and escapes of a value, and a comment behind it. */
function unquote(value: string): string {
  let text = ''
  let isQuoted = false
  for (let at = 0; at < value.length; at++) {
    const char = value[at]!
    if (char === '\\') {
      at++
      text += { n: '\n', t: '\t', b: '\b' }[value[at] ?? ''] ?? value[at] ?? ''
    } else if (char === '"') isQuoted = !isQuoted
    else if (!isQuoted && (char === '#' || char === ';')) break
    else text += char
  }
  return text.trim()
}
