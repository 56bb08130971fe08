/** A config that the schema file and the code judge alike. */
export interface SampleFile {
  readonly what: string
  readonly text: string
}

const PAIR = 'mirrors: [{ source: /a, destination: /b }]'

export const GOOD_FILES: readonly SampleFile[] = [
  { what: 'one pair', text: `version: 1\n${PAIR}\n` },
  {
    what: 'everything',
    text: `version: 1
hosts:
  github.com: { token: { env: GITHUB_PAT }, mirrors-at-once: 8 }
  gitlab.com: { ssh-key: { file: key }, ssh-passphrase: '\${WORD}', known-hosts: 'gitlab.com ssh-ed25519 AAAA' }
  git.example.org:8443: { token: '\${TOKEN}', username: me, api: https://git.example.org/api, retries: 9, max-pack-size: 1G }
defaults: { max-deletions: unlimited, schedule: '17 */4 * * *', time-limit: 90m, idle-timeout: 60, labels: nightly }
mirrors:
  - { name: a, source: { url: https://a.example/x, token: { file: t } }, destinations: [/b, { url: /c, prune: false }] }
  - name: acme/{repository}
    discover: { github: acme, include: ['*'], exclude: ['sandbox-*', '*-archive'], archived: true, forks: false }
    source: git@github.com:acme/{repository}.git
    destination: git@gitlab.com:acme-mirror/{repository}.git
    refs: [refs/heads/*, ^refs/heads/wip/*]
    paused: true
    labels: [big, slow]
  - { discover: { list: repositories.txt }, retries: 0, transfer: spool, max-refs-per-push: 10, max-pack-size: 500M }
heartbeat: { url: { env: HEARTBEAT } }
`,
  },
  {
    what: 'anchors',
    text: `version: 1\ndefaults: &d { prune: false }\nmirrors: [{ source: /a, destination: /b, refs: &r x }, { source: /c, destination: /d, refs: *r }]\n`,
  },
  {
    what: 'JSON',
    text: '{"version": 1, "mirrors": [{"source": "/a", "destination": "/b", "max-deletions": 0}]}',
  },
]

export interface BadFile extends SampleFile {
  /** `line:column` of each mistake and the beginning of its words. */
  readonly says: readonly string[]
}

function bad(what: string, text: string, ...says: readonly string[]): BadFile {
  return { what, text, says }
}

export const BAD_FILES: readonly BadFile[] = [
  bad('an empty file', '', '1:1  the file is empty'),
  bad('a text', 'hello', '1:1  must be a mapping'),
  bad('a list', '[1]', '1:1  must be a mapping'),
  bad('no version', PAIR, '1:1  the key "version" is missing'),
  bad('another version', `version: 2\n${PAIR}`, '1:10  version must be 1'),
  bad('version as text', `version: '1'\n${PAIR}`, '1:10  version must be 1'),
  bad('no mirrors', 'version: 1', '1:1  needs one of "mirrors", "hosts", "defaults"'),
  bad('an empty list of mirrors', 'version: 1\nmirrors: []', '2:10  mirrors is an empty list'),
  bad('a mapping of mirrors', 'version: 1\nmirrors: { a: 1 }', '2:10  mirrors must be a list'),
  bad('a mirror that is text', 'version: 1\nmirrors: [a]', '2:11  mirrors must be a mapping'),
  bad(
    'an unknown key at the top',
    `version: 1\nmirror: []\n${PAIR}`,
    '2:1  unknown key "mirror". Did you mean "mirrors"?',
  ),
  bad(
    'misspelt keys',
    'version: 1\nmirrors:\n  - name: a\n    sorce: /a\n    destinaton: /b\n    prun: true\n',
    '3:5  mirror "a": needs one of "source", "discover"',
    '3:5  mirror "a": needs one of "destination", "destinations"',
    '4:5  mirror "a": unknown key "sorce". Did you mean "source"?',
    '5:5  mirror "a": unknown key "destinaton". Did you mean "destination"?',
    '6:5  mirror "a": unknown key "prun". Did you mean "prune"?',
  ),
  bad(
    'a key of another prototype',
    `version: 1\n__proto__: 1\n${PAIR}`,
    '2:1  unknown key "__proto__". Known are: ',
  ),
  bad(
    'both kinds of destination',
    'version: 1\nmirrors: [{ source: /a, destination: /b, destinations: [/c] }]',
    '2:42  takes one of "destination", "destinations", not several',
  ),
  bad(
    'a word for a switch',
    `version: 1\ndefaults: { prune: maybe }\n${PAIR}`,
    '2:20  prune must be true or false',
  ),
  bad(
    'yes for a switch',
    `version: 1\ndefaults: { prune: yes }\n${PAIR}`,
    '2:20  prune must be true or false',
  ),
  bad(
    'a list for a mapping',
    `version: 1\ndefaults: []\nhosts: []\n${PAIR}`,
    '2:11  defaults must be a mapping',
    '3:8  hosts must be a mapping',
  ),
  bad(
    'a number for a name',
    'version: 1\nmirrors: [{ name: 7, source: /a, destination: /b }]',
    '2:19  name must be text',
  ),
  bad(
    'a name with a space',
    'version: 1\nmirrors: [{ name: a b, source: /a, destination: /b }]',
    '2:19  name is not a name',
  ),
  bad(
    'a name of 10,000 characters',
    `version: 1\nmirrors: [{ name: ${'x'.repeat(10_000)}, source: /a, destination: /b }]`,
    '2:19  name is longer than 200 characters',
  ),
  bad(
    'a count that is text',
    `version: 1\ndefaults: { max-deletions: many }\n${PAIR}`,
    '2:28  max-deletions must be a whole number or unlimited',
  ),
  bad(
    'a negative count',
    `version: 1\ndefaults: { retries: -1 }\n${PAIR}`,
    '2:22  retries must be at least 0',
  ),
  bad(
    'a fraction',
    `version: 1\ndefaults: { retries: 1.5 }\n${PAIR}`,
    '2:22  retries must be a whole number',
  ),
  bad(
    'a time limit without a number',
    `version: 1\ndefaults: { time-limit: long }\n${PAIR}`,
    '2:25  time-limit is not a time',
  ),
  bad(
    'a size without a number',
    `version: 1\ndefaults: { max-pack-size: large }\n${PAIR}`,
    '2:28  max-pack-size is not a size',
  ),
  bad(
    'another way to transfer',
    `version: 1\ndefaults: { transfer: pigeon }\n${PAIR}`,
    '2:23  transfer must be one of: auto, stream, spool',
  ),
  bad(
    'a destination that is a number',
    'version: 1\nmirrors: [{ source: /a, destinations: [7] }]',
    '2:40  destinations must be text or a mapping',
  ),
  bad(
    'an option of a destination that is none',
    'version: 1\nmirrors: [{ source: /a, destination: { url: /b, schedule: x } }]',
    '2:49  unknown key "schedule". Known are: ',
  ),
  bad(
    'a destination without url',
    'version: 1\nmirrors: [{ source: /a, destination: { prune: true } }]',
    '2:25  the key "url" is missing',
  ),
  bad(
    'an empty list of refs',
    'version: 1\nmirrors: [{ source: /a, destination: /b, refs: [] }]',
    '2:48  refs is an empty list',
  ),
  bad(
    'two kinds of discovery',
    'version: 1\nmirrors: [{ discover: { github: a, gitlab: b }, destination: /b }]',
    '2:36  takes one of "github", ',
  ),
  bad(
    'no kind of discovery',
    'version: 1\nmirrors: [{ discover: { include: a }, destination: /b }]',
    '2:13  needs one of "github", ',
  ),
  bad(
    'discovery without destination',
    'version: 1\nmirrors: [{ discover: { github: a } }]',
    '2:11  needs one of "destination", "destinations"',
  ),
  bad(
    'an api with a login',
    `version: 1\nhosts: { a.b: { api: 'https://me:pw@a.b' } }\n${PAIR}`,
    '2:22  api is not an http or https address',
  ),
  bad(
    'a literal token',
    `version: 1\nhosts: { a.b: { token: hunter22hunter22 } }\n${PAIR}`,
    '2:24  a secret does not belong into this file',
  ),
  bad(
    'a literal key',
    `version: 1\nhosts: { a.b: { ssh-key: "-----BEGIN hunter22" } }\n${PAIR}`,
    '2:26  a secret does not belong into this file',
  ),
  bad(
    'a token that is a number',
    `version: 1\nhosts: { a.b: { token: 12345678 } }\n${PAIR}`,
    '2:24  a secret does not belong into this file',
  ),
  bad(
    'a token in a list',
    `version: 1\nhosts: { a.b: { token: [hunter22] } }\n${PAIR}`,
    '2:24  a secret does not belong into this file',
  ),
  bad(
    'a token as a key',
    `version: 1\nhosts: { a.b: { token: { hunter22: 1 } } }\n${PAIR}`,
    '2:17  the key "env" is missing',
    '2:26  unknown key. Write { env: NAME }',
  ),
  bad(
    'a token beside a variable',
    `version: 1\nhosts: { a.b: { token: { env: A, hunter22: 1 } } }\n${PAIR}`,
    '2:34  unknown key. Write { env: NAME }',
  ),
  bad(
    'a token in the place of a variable',
    `version: 1\nhosts: { a.b: { token: { env: glpat-hunter22 } } }\n${PAIR}`,
    '2:31  env is not the name of an environment variable',
  ),
  bad(
    'a token around a reference',
    `version: 1\nhosts: { a.b: { token: 'hunter22\${A}' } }\n${PAIR}`,
    '2:24  a secret does not belong into this file',
  ),
]
