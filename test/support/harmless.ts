import { expect } from 'vitest'
import { RUN_OUTPUT_NAMES } from '../../src/action/outputs.ts'
import type { ActionResult } from './runner.ts'
import type { Finished } from './running.ts'

/** Texts built to break out of a log line, a workflow command, a terminal, a table or a page. */
export const PAYLOADS: readonly string[] = [
  '::set-output name=changed::PWNED',
  '::error file=a,line=1::PWNED',
  '  ::warning::PWNED',
  'x\r::error::PWNED',
  'x\n::error::PWNED',
  'x\r\n::add-path::/PWNED',
  'x\u2028::error::PWNED',
  'x\u0085::error::PWNED',
  'x\v::error::PWNED',
  '\u200b::error::PWNED',
  '\ufeff::error::PWNED',
  '\u001b[2K::error::PWNED',
  'x%0A::error::PWNED',
  '::stop-commands::PWNED',
  '::add-mask::e',
  '::save-state name=a::PWNED',
  '::group::PWNED',
  '##[group]PWNED',
  'x ##[error]PWNED',
  '##\u200b[error]PWNED',
  '\u001b[31mred\u001b[0m',
  '\u001b]0;title\u0007',
  '\u001b]8;;http://evil.example\u001b\\link',
  '\u009b31mred',
  '\u202egnp.exe\u202c \u2066x\u2069',
  'a\u0000b\u0008\u0008',
  '<img src=x onerror=alert(1)>',
  '</code></td></table></details><script>alert(1)</script>',
  '<!-- ',
  '| a | b |',
  'a \\| b',
  '| --- | --- | --- | --- |',
  '`code` ``` ~~~',
  '[a](http://evil.example) ![a](http://evil.example/x.png)',
  '[a]: http://evil.example',
  'http://evil.example www.evil.example mailto:a@evil.example',
  '# Heading',
  '> quote',
  '* item',
  '1. item',
  '***bold*** __bold__ ~~gone~~ $$x$$',
  '&lt;script&gt; &#60;b&#62;',
  'ghadelimiter_00000000-0000-0000-0000-000000000000',
  '\\',
  '\ud800 lone',
  `long${'x'.repeat(60_000)}`,
]

/** Names that git takes, and that are not meant well. */
export const REF_NAMES: readonly string[] = [
  'refs/heads/<img/src=x/onerror=alert(1)>',
  'refs/heads/</code></details><script>',
  'refs/heads/a|b|c',
  'refs/heads/|',
  'refs/heads/`x`',
  'refs/heads/%0A%0Derror',
  'refs/heads/$(touch/PWNED)',
  "refs/heads/';touch${IFS}PWNED;'",
  'refs/heads/--upload-pack=touch',
  'refs/heads/__bold__',
  'refs/heads/&lt;b&gt;',
  'refs/heads/www.evil.example',
  'refs/heads/\u202egnp.exe',
  'refs/heads/\u200binvisible',
  'refs/heads/\u2028line',
  'refs/heads/\u0085next',
  'refs/heads/\u009b31mred',
  'refs/heads/#1',
  'refs/heads/@me',
  'refs/heads/"quotes"',
  `refs/heads/long/${'x'.repeat(200)}`,
]

const COMMANDS = new Set(['add-mask', 'group', 'endgroup', 'error', 'warning', 'notice', 'debug'])
/** Control characters but LF; formats that are not seen and change what is. */
// oxlint-disable-next-line no-control-regex
const UNPRINTABLE =
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u2028\u2029\ufeff\u200b-\u200f\u202a-\u202e\u2060-\u2069]/
const LONGEST_LINE_LENGTH = 5000

/** Nothing that a server said speaks to the runner, to the terminal or to the page. */
export function expectHarmless(result: ActionResult): void {
  for (const { name, properties, message } of result.commands) {
    expect(COMMANDS).toContain(name)
    expect(properties).toEqual({})
    expect(message).not.toMatch(/^\s*PWNED/)
    if (name !== 'add-mask') expect(message).not.toMatch(/[\r\n]|##\[/)
  }
  const lines = result.stdout.split('\n').filter((line) => !line.startsWith('::add-mask::'))
  expect(
    lines.filter(
      (line) => /^\s*::/.test(line) && !/^::(group|endgroup|error|warning|notice|debug)::/.test(line),
    ),
  ).toEqual([])
  expect(Object.keys(result.outputs).toSorted()).toEqual([...RUN_OUTPUT_NAMES].toSorted())
  expect(result.state).toEqual({})
  expectPlain(lines.join('\n'))
  expectPlain(result.stderr)
  expectPlainSummary(result.summary)
}

export function expectHarmlessCommand({ stdout, stderr }: Finished): void {
  for (const text of [stdout, stderr]) {
    expectPlain(text)
    // A step of a workflow may be a command line too.
    expect(text.split('\n').filter((line) => /^\s*::/.test(line))).toEqual([])
  }
}

function expectPlain(text: string): void {
  const bad = text.split('\n').filter((line) => UNPRINTABLE.test(line) || line.includes('##['))
  expect(bad.map((line) => JSON.stringify(line).slice(0, 200))).toEqual([])
  const long = text
    .split('\n')
    .filter((line) => !line.startsWith('::add-mask::') && line.length > LONGEST_LINE_LENGTH)
  expect(long.map((line) => line.slice(0, 100))).toEqual([])
}

/** Markdown in which only our own tags, tables, headings and lists are more than text. */
export function expectPlainSummary(summary: string): void {
  expect(summary.length).toBeGreaterThan(10)
  expect(Buffer.byteLength(summary)).toBeLessThan(1024 * 1024)
  const lines = summary.split('\n')
  const bad = lines.filter((line) => UNPRINTABLE.test(line))
  expect(bad.map((line) => JSON.stringify(line).slice(0, 200))).toEqual([])
  const text = summary.replaceAll(/<\/?(?:code|details|summary)>/g, '')
  expect(text.split('\n').filter((line) => /[<>]/.test(line))).toEqual([])
  expect(text.split('\n').filter((line) => /\]\(|!\[|\]:/.test(line))).toEqual([])
  expect(
    text
      .replaceAll(/`[0-9a-f]{10}`/g, '')
      .split('\n')
      .filter((line) => line.includes('`')),
  ).toEqual([])
  expect(lines.filter((line) => /https?:\/\/|www\./i.test(line))).toEqual([])
  expect(lines.filter((line) => /^\s*(>|[-+]\s|\d+[.)]\s|~~~)/.test(line))).toEqual([])
  expect(
    lines.filter(
      (line) =>
        /^\s*[*#]/.test(line) && !/^(## [✅❌] |### |\* (⚠️|…) |\*\*What to do:\*\* [^*]*$)/u.test(line),
    ),
  ).toEqual([])
  let columns: number | undefined
  for (const line of lines) {
    if (!line.startsWith('|')) {
      columns = undefined
      expect(line).not.toContain('|')
      continue
    }
    const bars = line.split('|').length
    columns ??= bars
    expect(bars, line).toBe(columns)
  }
  for (const tag of ['code', 'details', 'summary']) {
    expect(summary.split(`<${tag}>`).length, tag).toBe(summary.split(`</${tag}>`).length)
  }
}
