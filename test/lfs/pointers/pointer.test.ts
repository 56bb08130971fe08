import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parsePointer, type Pointer } from '../../../src/lfs/pointers/pointer.ts'
import { FastImport } from '../../support/fast-import.ts'
import { git } from '../../support/git.ts'
import { makeTempFolder } from '../../support/temp.ts'

const VERSION = 'version https://git-lfs.github.com/spec/v1'
const OID = `oid sha256:${'4d7a2146e1f8c3b5'.repeat(4)}`
const PLAIN = `${VERSION}\n${OID}\nsize 12345\n`
const EXTENSION = `ext-0-foo sha256:${'ab'.repeat(32)}`
const OTHER = `ext-1-bar sha256:${'cd'.repeat(32)}`

/** Every variant that is known to matter, beside its kin. */
const VARIANTS: readonly string[] = [
  PLAIN,
  PLAIN.trimEnd(),
  `${PLAIN}\n\n`,
  `\n\n${PLAIN}`,
  `  \t${PLAIN}`,
  `${PLAIN}  \t`,
  `\u00a0${PLAIN}\u2003`,
  PLAIN.replaceAll('\n', '\n\n'),
  PLAIN.replaceAll('\n', '\r\n'),
  PLAIN.replaceAll('\n', '\r\r\n'),
  PLAIN.replace(VERSION, 'version https://hawser.github.com/spec/v1'),
  PLAIN.replace(VERSION, 'version http://git-media.io/v/2'),
  PLAIN.replace('spec/v1', 'spec/v2'),
  PLAIN.replace('https://git-lfs', 'http://git-lfs'),
  `${VERSION}\n${EXTENSION}\n${OID}\nsize 12345\n`,
  `${VERSION}\n${EXTENSION}\n${OTHER}\n${OID}\nsize 12345\n`,
  `${VERSION}\n${OTHER}\n${EXTENSION}\n${OID}\nsize 12345\n`,
  `${VERSION}\n${OID}\n${EXTENSION}\nsize 12345\n`,
  `${VERSION}\n${OID}\nsize 12345\n${EXTENSION}\n`,
  `${EXTENSION}\n${VERSION}\n${OID}\nsize 12345\n`,
  `${VERSION}\n${EXTENSION}\n${EXTENSION.replace('foo', 'baz')}\n${OID}\nsize 12345\n`,
  `${VERSION}\n${EXTENSION.replace('sha256', 'sha512')}\n${OID}\nsize 12345\n`,
  `${VERSION}\n${EXTENSION.replace('ext-0', 'ext-10')}\n${OID}\nsize 12345\n`,
  `${VERSION}\n${EXTENSION.replace('ext-0-foo', 'ext-0-foo.bar')}\n${OID}\nsize 12345\n`,
  `${VERSION}\nsize 12345\n${OID}\n`,
  `${OID}\n${VERSION}\nsize 12345\n`,
  `${VERSION}\n${OID}\nsize 12345\nmore 1\n`,
  `${VERSION}\nmore 1\n${OID}\nsize 12345\n`,
  `${VERSION}\n${OID}\n`,
  `${VERSION}\nsize 12345\n`,
  PLAIN.replace('4d7a', '4D7A'),
  PLAIN.replace('4d7a', '4d7'),
  PLAIN.replace('sha256:', 'sha512:'),
  PLAIN.replace('sha256:', ''),
  PLAIN.replace('oid ', 'oid  '),
  PLAIN.replace('\nsize', ' \nsize'),
  PLAIN.replace('size 12345', 'size -1'),
  PLAIN.replace('size 12345', 'size +5'),
  PLAIN.replace('size 12345', 'size 0012'),
  PLAIN.replace('size 12345', 'size 0'),
  PLAIN.replace('size 12345', 'size'),
  PLAIN.replace('size 12345', 'size 1_000'),
  PLAIN.replace('size 12345', 'size 0x10'),
  PLAIN.replace('size 12345', 'size  12'),
  PLAIN.replace('size 12345', 'size 12 '),
  PLAIN.replace('size 12345', 'size 9007199254740991'),
  PLAIN.replace('size 12345', 'size 9223372036854775808'),
  `\ufeff${PLAIN}`,
  `${PLAIN}${' '.repeat(1023 - PLAIN.length)}`,
  `${PLAIN}${' '.repeat(1024 - PLAIN.length)}`,
  PLAIN.replace('version', 'Version'),
  'version https://git-lfs.github.com/spec/v1\n',
  'git-lfs',
]

/** What the client makes of blobs: their pointers by index, of those that it takes for any. */
async function askClient(blobs: readonly string[]): Promise<ReadonlyMap<number, Pointer>> {
  await using folder = await makeTempFolder()
  const path = join(folder.path, 'pointers')
  await git(folder.path, 'init', '-q', path)
  const stream = new FastImport()
  // The client names one file for each blob: a letter before each name would not tell two alike apart.
  const files = Object.fromEntries(blobs.map((blob, index) => [`f${index}`, blob]))
  stream.commit({ ref: 'refs/heads/main', files })
  await stream.run(path)
  await git(path, 'symbolic-ref', 'HEAD', 'refs/heads/main')
  const out = await git(path, 'lfs', 'ls-files', '--all', '--debug')
  const found = new Map<number, Pointer>()
  for (const match of out.matchAll(/filepath: f(\d+)\n\s+size: (\d+)\n[^]*?oid: sha256 ([0-9a-f]{64})/g)) {
    const size = Number(match[2])
    // Larger than any file system allows: no server has such an object.
    if (Number.isSafeInteger(size)) found.set(Number(match[1]), { oid: match[3]!, size })
  }
  return found
}

function parseAll(blobs: readonly string[]): ReadonlyMap<number, Pointer> {
  return new Map(
    blobs.flatMap((blob, index) => {
      const pointer = parsePointer(Buffer.from(blob))
      return pointer === undefined ? [] : [[index, pointer] as const]
    }),
  )
}

describe('a pointer', () => {
  it(
    'is what Git’s own client takes for one: every variant that is known to matter',
    { timeout: 60_000 },
    async () => {
      const client = await askClient(VARIANTS)
      expect(client.size).toBeGreaterThan(15)
      expect(parseAll(VARIANTS)).toEqual(client)
    },
  )

  it('is what Git’s own client takes for one: variants upon variants', { timeout: 120_000 }, async () => {
    const pieces = [...new Set(VARIANTS.flatMap((variant) => variant.split(/(?<=\n)/)))]
    const seen = new Set<string>()
    const lines = fc
      .array(fc.constantFrom(...pieces), { minLength: 2, maxLength: 6 })
      .map((parts) => parts.join(''))
    const edited = fc
      .tuple(
        fc.constantFrom(...VARIANTS),
        fc.nat(140),
        fc.constantFrom('', ' ', '\n', '\r', '0', 'a', '\u0085', '\t'),
      )
      .map(([text, at, change]) => `${text.slice(0, at)}${change}${text.slice(at + (at % 2))}`)
    for (const text of fc.sample(fc.oneof(lines, edited), 1200)) seen.add(text)
    const blobs = [...seen]
    const client = await askClient(blobs)
    expect(client.size).toBeGreaterThan(20)
    const ours = parseAll(blobs)
    const differing = blobs.flatMap((blob, index) =>
      JSON.stringify(ours.get(index)) === JSON.stringify(client.get(index))
        ? []
        : [{ blob, ours: ours.get(index), client: client.get(index) }],
    )
    expect(differing).toEqual([])
  })

  it('of an empty file asks for nothing', () => {
    expect(parsePointer(new Uint8Array(0))).toBeUndefined()
    expect(parsePointer(Buffer.from(PLAIN.replace('size 12345', 'size 0')))).toBeUndefined()
  })
})
