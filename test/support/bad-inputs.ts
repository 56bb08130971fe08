import { git } from './git.ts'
import type { Pair } from './pair.ts'
import { makeKey } from './sshd-keys.ts'

/** A wrong input: its name, its value, what the message says of it, and what else has to be set for it to matter. */
export interface BadInput {
  readonly input: string
  readonly value: string
  readonly says: RegExp
  readonly inputs?: Readonly<Record<string, string>>
  readonly env?: NodeJS.ProcessEnv
  /** What the message calls it, where that is not the input. */
  readonly named?: string
  /** The command line has no such input, or takes it otherwise. */
  readonly actionOnly?: boolean
}

interface Keys {
  readonly publicKey: string
  readonly privateKey: string
  readonly locked: string
}

function rows(
  input: string,
  values: Readonly<Record<string, RegExp>>,
  more: Omit<BadInput, 'input' | 'value' | 'says'> = {},
): readonly BadInput[] {
  return Object.entries(values).map(([value, says]) => ({ input, value, says, ...more }))
}

const ADDRESSES: Readonly<Record<string, RegExp>> = {
  './here': /relative path/,
  '~/here': /relative path/,
  'owner/name': /without a host.*https:\/\/github\.com\/owner\/name/,
  'just words': /no address/,
  '-oProxyCommand=touch PWNED': /begins with '-'/,
  '--upload-pack=touch PWNED': /begins with '-'/,
  'ssh://-oProxyCommand=touch/x': /host name that begins with '-'/,
  'ssh://git@-oProxyCommand=touch/x': /host name that begins with '-'/,
  'ssh://-l@host/x': /user name that begins with '-'/,
  'git@-host:x': /begins with '-'/,
  'git@host:-x': /path that begins with '-'/,
  'git://-host/x': /host name that begins with '-'/,
  'ext::sh -c touch% PWNED': /remote helper \(ext::\)/,
  'fd::7': /remote helper \(fd::\)/,
  'https://': /host name|not a readable/,
  'https:///x': /no host name/,
  'https://host:port/x': /not a readable https address/,
  'https://host/x#readme': /fragment/,
  'https://ho st/x': /not a readable https address/,
  'https://me:%zz@host/x': /'%' that begins no/,
  'ssh://host:99999/x': /port that is not a number/,
  'ssh://host': /no path/,
  'ssh://host/': /no path/,
  'ssh://git:hunter22@host/x': /password/,
  'ssh://$(touch PWNED)/x': /host name that cannot be read/,
  'ssh://`touch PWNED`@/x': /host name/,
  'git@host:': /no path/,
  'git@$(touch PWNED):x': /host name that cannot be read/,
  'git@host;touch PWNED:x': /host name that cannot be read/,
  'git://me@host/x': /user name/,
  'ftp://host/x': /ftp:\/\/, which is not spoken here/,
  'file://host/x': /names a host/,
  'C:\\repositories\\x.git': /Windows path/,
  '\\\\server\\share\\x.git': /Windows path/,
  'https://host/a\u0007b': /control character/,
  '/path/with\u001b[31m': /control character/,
}

/** Every input of action.yml, wrong in the ways in which people get it wrong and in some that are meant ill. */
function listBadInputs(keys: Keys): readonly BadInput[] {
  const ssh = { inputs: { source: 'ssh://git@127.0.0.1:1/x.git' } }
  const lone = { ...ssh, inputs: { ...ssh.inputs, 'source-ssh-key': keys.privateKey }, actionOnly: true }
  const web = { inputs: { source: 'https://git.example.org/x.git' } }
  const socks = { ...web, named: 'https_proxy', env: { https_proxy: 'socks5://127.0.0.1:1' } }
  const noProxy = { ...web, named: 'HTTPS_PROXY', env: { HTTPS_PROXY: 'http://' } }
  return [
    ...['prune', 'force', 'atomic', 'dry-run', 'allow-unrelated'].flatMap((name) =>
      rows(name, { yes: /"yes" is neither true nor false|does not take an argument/ }),
    ),
    ...rows('dry-run', { '${{ inputs.dry }}': /neither true nor false/ }, { actionOnly: true }),
    ...rows('max-deletions', {
      '-1': /neither a whole number/,
      many: /neither a whole number/,
      '1e3': /neither a whole number/,
    }),
    ...rows('retries', {
      '-1': /whole number from 0 to 100/,
      '2.5': /whole number/,
      '101': /whole number/,
      '0x3': /whole number/,
    }),
    ...rows('idle-timeout', {
      '0': /whole number from 1/,
      '15m': /whole number/,
      '99999999': /whole number/,
    }),
    ...rows('time-limit', {
      '0': /whole number from 1/,
      '1d': /a time such as 90m/,
      '-5m': /whole number/,
      '9999h': /from 1 to 1000000/,
    }),
    ...rows('max-pack-size', {
      '0': /not a size/,
      '500X': /not a size/,
      big: /not a size/,
      '-1M': /not a size/,
    }),
    ...rows('max-refs-per-push', { '0': /whole number from 1/, all: /whole number/ }),
    ...rows('transfer', { fast: /not known.*auto, stream, spool/ }),
    ...rows('refs', {
      main: /not a full ref name.*refs\/heads\/main/,
      HEAD: /names HEAD/,
      'refs/heads/*:refs/heads/x': /\* on one side only/,
      'refs/*/a/*': /more than one \*/,
      ':refs/heads/x': /empty side/,
      'refs/heads/a:': /empty side/,
      'refs/heads/a:refs/heads/b:refs/heads/c': /more than two sides/,
      '^refs/heads/x': /what to leave out, and not what to mirror/,
      'refs/heads/*\n^refs/heads/a:refs/heads/b': /has two sides/,
      'refs/heads/a..b': /two dots/,
      'refs/heads/a b': /a space/,
      'refs/head/*': /no namespace of Git's.*refs\/heads\/\*/,
      'refs/heads/x.lock': /\.lock/,
      'refs/heads/$(touch PWNED)': /a space/,
      'refs/heads/a\\b': /“\\”/,
      'refs/heads/@{-1}': /@\{/,
      'refs/heads/.hidden': /begins with a dot/,
      'refs/heads/main:refs/heads/x\nrefs/heads/second:refs/heads/x': /would both become refs\/heads\/x/,
    }),
    ...rows('source', ADDRESSES),
    ...rows('destination', ADDRESSES),
    ...rows('destination', { '': /is empty/ }, { actionOnly: true }),
    ...rows('source', { 'https://a.example/x\nhttps://b.example/y': /line break/ }),
    ...rows('source-ssh-key', { '': /is empty, and .* is an ssh address/ }, ssh),
    ...rows(
      'source-ssh-key',
      {
        [keys.publicKey]: /public/,
        '/home/me/.ssh/id_ed25519': /name of a file/,
        'not a key at all': /key/,
        [keys.privateKey.slice(0, 120)]: /cut|END/,
        'PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none': /PuTTY/,
        '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----': /key/,
        [keys.locked]: /passphrase/,
      },
      ssh,
    ),
    ...rows(
      'source-ssh-passphrase',
      { 'not the one': /does not open the key/ },
      { inputs: { ...ssh.inputs, 'source-ssh-key': keys.locked } },
    ),
    ...rows(
      'ssh-known-hosts',
      {
        garbage: /line 1, cannot be used/,
        'host.example ssh-ed25519': /line 1/,
        'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIIVIC02vnjFyL+I4RHfvIGNtOgJMe769VTF1VR4EB3ZB':
          /the host name is missing/,
        '# fine\nhost.example ssh-rsa AAAAC3NzaC1lZDI1NTE5AAAAIIVIC02vnjFyL+I4RHfvIGNtOgJMe769VTF1VR4EB3ZB':
          /line 2/,
        '@trusted host.example ssh-ed25519 AAAA': /marker/,
      },
      lone,
    ),
    ...rows('source-username', { 'me:token': /colon/, 'me\u0001': /control character/ }, web),
    ...rows('source-token', { 'two\nlines': /line|control/ }, web),
    ...rows(
      'source',
      { 'https://git.example.org/x.git': /does not hold the address of an HTTP proxy/ },
      socks,
    ),
    ...rows('source', { 'https://git.example.org/x.git': /does not hold the address/ }, noProxy),
  ]
}

/** The rows, with keys made in the folder of a pair, which gets refs to write and to delete. */
export async function makeBadInputs(pair: Pair): Promise<readonly BadInput[]> {
  await git(pair.source, 'branch', 'second', 'main')
  await git(pair.source, 'push', '-q', pair.destination, 'main', 'main~1:refs/heads/old')
  const { privateKey, publicKey } = await makeKey(pair.folder, 'plain')
  const { privateKey: locked } = await makeKey(pair.folder, 'locked', { passphrase: 'the one' })
  return listBadInputs({ privateKey, publicKey, locked })
}
