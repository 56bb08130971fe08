import { findUnknownObject, meansUnknownObject } from '../../../src/protocol/unknown-object.ts'
import { whyInvalidRefName } from '../../../src/protocol/ref-name.ts'
import { diagnose } from '../../../src/advice/advise.ts'
import { MirrorError } from '../../../src/base/errors.ts'
import { escapeMarkdown, muteLine, printableLine } from '../../../src/base/printable.ts'
import { parseRetryAfter } from '../../../src/base/retry-after.ts'
import { ConfigError } from '../../../src/fleet/config/config-error.ts'
import { readFleetFile } from '../../../src/fleet/config/fleet-file.ts'
import { readYaml } from '../../../src/fleet/config/read-yaml.ts'
import { parseList } from '../../../src/fleet/discover/read-list.ts'
import { readSchemes } from '../../../src/transport/http/challenge.ts'
import { parseRemoteUrl, printUrl, type RemoteUrl } from '../../../src/transport/address/remote-url.ts'
import { GOOD_FILES } from '../../fleet/config/files.ts'
import type { Target } from '../target.ts'

export function textOf(chunks: readonly Uint8Array[]): string {
  return Buffer.concat(chunks).toString()
}

function seedsOf(...texts: readonly string[]): readonly Uint8Array[] {
  return texts.map((text) => Buffer.from(text))
}

const URLS: Target = {
  name: 'url',
  isStream: false,
  words: [
    'https://',
    'http://',
    'ssh://',
    'git://',
    'file://',
    'git+ssh://',
    '@',
    ':',
    '/',
    '//',
    '~',
    '..',
    '%2F',
    '%00',
    '%zz',
    '[::1]',
    ':8080',
    ':99999',
    '?',
    '#',
    '\\',
    '.git',
    'C:\\',
    'ext::',
    '-o',
    ' ',
    'xn--',
    'é',
  ],
  seeds: seedsOf(
    'https://user:pass@example.com:8443/a/b.git?x=1',
    'http://[::1]:8080/a.git',
    'git@example.com:me/project.git',
    'ssh://git@example.com:2222/~me/project.git',
    '[me@example.com:2222]:x',
    'git://example.com/x.git',
    'file:///srv/x.git',
    '/srv/x.git',
    'C:\\x\\y',
  ),
  async parse(chunks) {
    const text = textOf(chunks)
    parseOrRefuse(text, 'win32')
    const url = parseRemoteUrl(text, 'source', 'linux')
    return { url: plain(url), printed: printUrl(url) }
  },
  encode(found) {
    const { url, printed } = found as { readonly url: ReturnType<typeof plain>; readonly printed: string }
    const isHttp = url.scheme === 'https' || url.scheme === 'http'
    const hides = isHttp && ('username' in url || 'password' in url || printed.endsWith('?…'))
    // `//name:word@host` is taken for an address that has lost its scheme.
    if (url.scheme === 'file' && printed.startsWith('//')) return undefined
    return hides ? undefined : Buffer.from(printed)
  },
}

function parseOrRefuse(text: string, platform: NodeJS.Platform): void {
  try {
    parseRemoteUrl(text, 'source', platform)
  } catch (error) {
    if (!(error instanceof MirrorError)) throw error
  }
}

function plain(url: RemoteUrl) {
  return 'url' in url ? { ...url, url: url.url.href } : url
}

const CONFIG_WORDS = [
  'version: 1\n',
  'mirrors:',
  'defaults:',
  'hosts:',
  'server:',
  'source: /a',
  'destination: /b',
  'discover:',
  '&a ',
  '*a',
  '<<: ',
  '!!binary ',
  '? ',
  '- ',
  '{',
  '}',
  '[',
  ']',
  ': ',
  '|',
  '>-',
  "'",
  '"',
  '\n',
  '  ',
  '---',
  '...',
  '%YAML 1.1\n',
  '\t',
  'null',
  'true',
  '1e9',
  '__proto__',
  'constructor',
  '${A}',
  '\ufeff',
]

const CONFIG: Target = {
  name: 'config',
  isStream: false,
  mostBytes: 1100,
  words: CONFIG_WORDS,
  seeds: seedsOf(...GOOD_FILES.map(({ text }) => text)),
  async parse(chunks) {
    const text = textOf(chunks)
    // What is no YAML is refused by both in the same words.
    const { value } = await readYaml(text, 'mirrors.yml')
    try {
      const { mirrors } = await readFleetFile([{ text, name: 'mirrors.yml', folder: '/srv' }])
      return { value, mirrors: mirrors.length }
    } catch (error) {
      // What is wrong with the keys names lines, which change when it is written anew.
      if (error instanceof ConfigError) return { value, mirrors: error.code }
      throw error
    }
  },
  encode: (found) => Buffer.from(JSON.stringify((found as { readonly value: unknown }).value)),
}

const LIST: Target = {
  name: 'repository-list',
  isStream: false,
  words: ['#', ' ', '\n', '\r', '\t', 'https://a.example/x', '\ufeff'],
  seeds: seedsOf('# all\nhttps://a.example/x https://b.example/y\n/srv/z\n'),
  parse: async (chunks) => parseList(textOf(chunks)).map(({ source, destination }) => [source, destination]),
  encode: (found) =>
    Buffer.from((found as string[][]).map((pair) => `${pair.filter(Boolean).join(' ')}\n`).join('')),
}

/** All that reads words of a server: nothing may take long, whatever they are. */
const SERVER_WORDS: Target = {
  name: 'server-words',
  isStream: false,
  words: [
    'remote: ',
    'error: ',
    'fatal: ',
    'not our ref ',
    'GH001: ',
    'TF401035: ',
    'pre-receive hook declined',
    'protected branch',
    'a'.repeat(40),
    '::set-output ',
    '##[',
    '\u001b[31m',
    '\u009b',
    '\u202e',
    '<script>',
    '| ',
    'www.',
    'Basic realm="',
    'Wed, 21 Oct 2015 07:28:00 GMT',
    '120',
    '\r',
    '\n',
  ],
  seeds: seedsOf(
    `remote: error: GH001: Large files detected.\nremote: error: File x is 100.00 MB; this exceeds GitHub's file size limit of 100.00 MB`,
    `fatal: remote error: upload-pack: not our ref ${'a'.repeat(40)}`,
    'remote: GitLab: You are not allowed to push code to protected branches on this project.',
    'Basic realm="x", Negotiate, Bearer error="y"',
  ),
  async parse(chunks) {
    const text = textOf(chunks)
    const words = text.split('\n')
    const line = printableLine(text)
    const refusal = { ref: 'refs/heads/main', action: 'update', reason: text } as const
    const error = new MirrorError('it broke', { code: 'cut', serverText: text })
    return {
      line,
      muted: muteLine(line),
      markdown: escapeMarkdown(line),
      invalid: whyInvalidRefName(text),
      unknown: [findUnknownObject(text), meansUnknownObject(text, 'a'.repeat(40))],
      schemes: readSchemes(text),
      wait: parseRetryAfter(text, 0),
      about: [
        diagnose({ phase: 'transfer', words, host: 'github.com', refusal }),
        diagnose({ phase: 'transfer', words, host: 'gitlab.com', error }),
      ],
    }
  },
}

export const TEXT_TARGETS: readonly Target[] = [URLS, CONFIG, LIST, SERVER_WORDS]
