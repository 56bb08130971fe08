import { parseBatch, messageOf, readAction } from '../../../src/lfs/api/batch-messages.ts'
import { readLfsUrl } from '../../../src/lfs/pointers/lfs-config.ts'
import { parsePointer, type Pointer } from '../../../src/lfs/pointers/pointer.ts'
import { HOOK_KINDS } from '../../../src/serve/config/settings.ts'
import { readHookEvent } from '../../../src/serve/hooks/read-event.ts'
import type { Random } from '../random.ts'
import type { Target } from '../target.ts'
import { textOf } from './texts.ts'

const OID = '1f'.repeat(32)
const JSON_WORDS = [
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '"',
  'null',
  'true',
  '0',
  '-1',
  '1e400',
  '"toString":null',
  '"__proto__":{}',
  '"\\ud800"',
  '{"a":',
  '[[[[',
]

/** Stand in place of any value. */
const ODD_VALUES: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1e308,
  '',
  'x',
  '\u0000',
  [],
  [[]],
  {},
  { toString: null, valueOf: null },
  ['a'],
  'https://x/y',
  OID,
]

/** Changes one value or one key below, so that the text stays JSON. */
function changeJson(bytes: Uint8Array, random: Random): Uint8Array {
  let tree: unknown
  try {
    tree = JSON.parse(Buffer.from(bytes).toString())
  } catch {
    return bytes
  }
  return Buffer.from(JSON.stringify(changeValue(tree, random)))
}

function changeValue(value: unknown, random: Random): unknown {
  const keys = typeof value === 'object' && value !== null ? Object.keys(value) : []
  if (keys.length === 0 || random.oneIn(6)) return random.pick(ODD_VALUES)
  const key = random.pick(keys)
  const fields = Object.entries(value as object).flatMap(([name, inner]: [string, unknown]) => {
    if (name !== key) return [[name, inner] as const]
    if (random.oneIn(10)) return []
    if (random.oneIn(10)) return [[random.pick(ODD_KEYS), inner] as const]
    return [[name, changeValue(inner, random)] as const]
  })
  return Array.isArray(value) ? fields.map(([, inner]) => inner) : Object.fromEntries(fields)
}

const ODD_KEYS = [
  '__proto__',
  'constructor',
  'toString',
  '',
  'message',
  'error',
  'href',
  'links',
  'clone_url',
]

const POINTER: Target = {
  name: 'lfs-pointer',
  isStream: false,
  words: [
    'version https://git-lfs.github.com/spec/v1\n',
    'http://git-media.io/v/2',
    `oid sha256:${OID}\n`,
    'size ',
    'ext-0-x ',
    '\r',
    '\n',
    ' ',
    '\ufeff',
    '+',
    '9007199254740993',
  ],
  seeds: [
    `version https://git-lfs.github.com/spec/v1\noid sha256:${OID}\nsize 12345\n`,
    `version https://hawser.github.com/spec/v1\next-0-foo sha256:${OID}\noid sha256:${OID}\nsize 1`,
  ].map((text) => Buffer.from(text)),
  parse: async (chunks) => parsePointer(Buffer.concat(chunks)),
  encode(found) {
    const pointer = found as Pointer | undefined
    if (pointer === undefined) return undefined
    return Buffer.from(
      `version https://git-lfs.github.com/spec/v1\noid sha256:${pointer.oid}\nsize ${pointer.size}\n`,
    )
  },
}

const CONFIG: Target = {
  name: 'lfs-config',
  isStream: false,
  words: ['[lfs]', '[lfs "x"]', 'url = ', '"', '\\', '#', ';', '\n', '\r\n', '[', ']'],
  seeds: [
    '[lfs]\n\turl = https://lfs.example/x # here\n',
    '[lfs "a"] url=b\n[LFS]url="https://x;y\\n"\n',
  ].map((text) => Buffer.from(text)),
  parse: async (chunks) => readLfsUrl(textOf(chunks)),
  encode(found) {
    if (found === undefined) return undefined
    const escaped = String(found).replace(/["\\\n\t\u0008]/g, (char) => `\\${ESCAPES[char] ?? char}`)
    return Buffer.from(`[lfs]\nurl = "${escaped}"\n`)
  },
}
const ESCAPES: Readonly<Record<string, string>> = { '\n': 'n', '\t': 't', '\b': 'b' }

const asked = [{ oid: OID, size: 12345 }]

const BATCH: Target = {
  name: 'lfs-batch',
  isStream: false,
  words: [
    ...JSON_WORDS,
    '"objects":',
    '"actions":',
    '"_links":',
    '"download":',
    '"upload":',
    '"href":',
    '"header":',
    '"expires_in":',
    '"expires_at":',
    '"error":',
    '"code":',
    '"message":',
    `"oid":"${OID}"`,
    '"transfer":',
    '"hash_algo":',
  ],
  seeds: [
    JSON.stringify({
      transfer: 'basic',
      hash_algo: 'sha256',
      objects: [
        {
          oid: OID,
          size: 12345,
          authenticated: true,
          actions: {
            download: { href: 'https://x/y', header: { A: 'b' }, expires_in: 60 },
            verify: { href: 'z' },
          },
        },
      ],
    }),
    JSON.stringify({ objects: [{ oid: OID, error: { code: 404, message: 'gone' } }] }),
    JSON.stringify({ href: 'https://x', header: {}, expires_at: '2030-01-01T00:00:00Z', message: 'no' }),
  ].map((text) => Buffer.from(text)),
  change: changeJson,
  async parse(chunks) {
    const body = textOf(chunks)
    return {
      action: readAction(body, 0),
      message: messageOf(body),
      batch: parseBatch(body, { asked, sentAt: 0 }),
    }
  },
}

const HEADERS: Readonly<Record<string, string>> = {
  'x-github-event': 'push',
  'x-gitea-event': 'push',
  'x-event-key': 'repo:push',
}

const HOOK: Target = {
  name: 'hook-body',
  isStream: false,
  words: [
    ...JSON_WORDS,
    '"repository":',
    '"project":',
    '"clone_url":',
    '"ssh_url":',
    '"links":',
    '"clone":',
    '"self":',
    '"href":',
    '"slug":',
    '"key":',
    '"resource":',
    '"remoteUrl":',
    '"event_name":',
    'payload=',
    '%7B',
    '\ufeff',
  ],
  seeds: [
    JSON.stringify({ repository: { clone_url: 'https://x/y', ssh_url: 'git@x:y', html_url: 'https://x/z' } }),
    JSON.stringify({ event_name: 'push', project: { git_http_url: 'https://x/y', web_url: 'z' } }),
    JSON.stringify({
      repository: {
        slug: 's',
        project: { key: 'K' },
        links: {
          clone: [{ href: 'https://h/scm/k/s' }],
          self: [{ href: 'https://h:1/' }],
          html: { href: 'x' },
        },
      },
    }),
    JSON.stringify({
      eventType: 'git.push',
      id: '1',
      resource: { repository: { remoteUrl: 'https://x/_git/y' } },
    }),
    `payload=${encodeURIComponent('{"repository":{"clone_url":"https://x/y"}}')}`,
  ].map((text) => Buffer.from(text)),
  change: changeJson,
  async parse(chunks) {
    const body = Buffer.concat(chunks)
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    return [HEADERS, { ...HEADERS, ...form }].map((headers: Readonly<Record<string, string>>) =>
      HOOK_KINDS.map((kind) => readHookEvent(kind, { header: (name) => headers[name], body })),
    )
  },
}

export const JSON_TARGETS: readonly Target[] = [POINTER, CONFIG, BATCH, HOOK]
