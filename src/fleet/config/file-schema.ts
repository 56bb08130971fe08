import type { NamedSpec } from '../../options/names.ts'
import { serverMapping } from '../schema/server-schema.ts'
import { keysAt, type KeyPlace } from './option-keys.ts'
import {
  type Library,
  makeSchemaParts,
  type Mapping,
  type Need,
  type Schema,
  type SchemaParts,
} from '../schema/schema-parts.ts'

export const MOST_NAME_LENGTH = 200
export const MOST_MIRRORS = 50_000
const MOST_AT_ONCE = 1000
const MOST_ADDRESS_LENGTH = 4096

const NAME = /^[A-Za-z0-9{$][A-Za-z0-9._/{}$-]*$/
const HOST = /^[^\s/@]+$/
const SECONDS = /^[0-9]{1,7} ?[smhSMH]?$/
const SIZE = /^[0-9.]{1,20} ?([kKmMgG][iI]?)?[bB]?$/
const SPAN = /^[0-9]{1,5} ?[mhdMHD]$/
const API = /^https?:\/\/[^\s@]+$/

/** The schema of a config file. */
export function makeFileSchema(v: Library): Mapping {
  const parts = makeSchemaParts(v)
  const optionsAt = (place: KeyPlace): Readonly<Record<string, Schema>> =>
    Object.fromEntries(
      keysAt(place).map((key) => [key.name, parts.described(schemaOfOption(parts, v, key), key.about)]),
    )
  const defaults = { ...optionsAt('mirror'), ...fleetKeys(parts) }
  const login = loginKeys(parts)
  const address = parts.text(MOST_ADDRESS_LENGTH)
  const source = v.union([address, parts.mapping({ url: address, ...login }, { needs: [one('url')] })])
  const destination = v.union([
    address,
    parts.mapping({ url: address, ...login, ...optionsAt('endpoint') }, { needs: [one('url')] }),
  ])
  const mirror = parts.mapping(
    {
      name: parts.described(
        parts.matching(
          NAME,
          'is not a name: letters, digits and . _ - /, with a letter or digit first',
          MOST_NAME_LENGTH,
        ),
        'Unique; default: host and path of the source.',
      ),
      source: parts.described(source, 'Address to read from.'),
      discover: parts.described(discoverMapping(parts), 'One mirror for each repository that is found.'),
      destination: parts.described(destination, 'Address to write to.'),
      destinations: parts.described(parts.list(destination), 'Addresses to write to.'),
      ...defaults,
    },
    {
      needs: [
        { keys: ['source', 'discover'], exactly: false },
        { keys: ['destination', 'destinations'], exactly: true, unless: ['discover', 'list'] },
      ],
    },
  )
  const tooMany = { count: MOST_MIRRORS, words: `has more than ${MOST_MIRRORS} mirrors` }
  return parts.mapping(
    {
      version: v.literal(1, 'must be 1'),
      hosts: parts.described(
        v.record(
          v.pipe(v.string(), v.regex(HOST, 'is not the name of a host')),
          hostMapping(parts, { ...login, ...optionsAt('host') }),
        ),
        'How to get in, once for each host: NAME or NAME:PORT.',
      ),
      defaults: parts.described(
        parts.mapping(defaults),
        'Options of every mirror that does not say otherwise.',
      ),
      mirrors: parts.described(parts.list(mirror, tooMany), 'What is mirrored where.'),
      heartbeat: parts.described(
        parts.mapping({ url: parts.textOrPlace }, { needs: [one('url')] }),
        'Asked for (GET) after a round without failures, and with /fail behind it after one with failures.',
      ),
      server: parts.described(serverMapping(parts), 'What `serve` needs beside the mirrors.'),
    },
    { needs: [one('version'), { keys: ['mirrors', 'hosts', 'defaults'], exactly: false }] },
  )
}

function one(...keys: readonly string[]): Need {
  return { keys, exactly: true }
}

function loginKeys(parts: SchemaParts): Readonly<Record<string, Schema>> {
  return {
    token: parts.described(parts.secret, "The password over https, and the token of the host's API."),
    username: parts.described(parts.text(200), 'User name beside the token; default: x-access-token.'),
    'ssh-key': parts.described(parts.secret, 'Private key.'),
    'ssh-passphrase': parts.described(parts.secret, 'Opens the private key.'),
    'known-hosts': parts.described(
      parts.textOrPlace,
      'known_hosts lines, added to the built-in keys of the big hosts.',
    ),
  }
}

function hostMapping(parts: SchemaParts, keys: Readonly<Record<string, Schema>>): Mapping {
  return parts.mapping({
    ...keys,
    'app-id': parts.described(
      parts.text(200),
      'A GitHub App, by its client id or App id: it gives the token for every repository of this host that has none, for as long as a round takes.',
    ),
    'app-private-key': parts.described(parts.secret, 'Private key of the GitHub App (PEM).'),
    'mirrors-at-once': parts.described(
      parts.count(1, MOST_AT_ONCE),
      'Mirrors that talk with this host at the same time; default: 4, and one more that has something to send.',
    ),
    api: parts.described(
      parts.matching(API, 'is not an http or https address without a user name'),
      'Base address of the API, where it is not the usual one.',
    ),
  })
}

function fleetKeys(parts: SchemaParts): Readonly<Record<string, Schema>> {
  return {
    schedule: parts.described(
      parts.text(200),
      'For `serve`: five fields of cron, or `every: 4h` in one text. A round runs at once.',
    ),
    'skip-unpushed': parts.described(
      parts.matching(SPAN, 'is not a time such as 24h'),
      'How long a mirror may go unseen whose source was not pushed to, by the list that found it. Needs a state file.',
    ),
    paused: parts.described(parts.boolean, 'Left out of every round, and said so.'),
    labels: parts.described(
      parts.textOrList(parts.matching(NAME, 'is not a label: letters, digits and . _ - /', MOST_NAME_LENGTH)),
      'Words that `only` knows, beside names.',
    ),
  }
}

function discoverMapping(parts: SchemaParts): Mapping {
  const where = parts.text(MOST_ADDRESS_LENGTH)
  const globs = parts.textOrList(parts.text(500))
  return parts.mapping(
    {
      github: parts.described(
        where,
        'An organisation or user, or https://HOST/OWNER of a server of your own.',
      ),
      gitlab: parts.described(
        where,
        'A group with its subgroups, a user, or https://HOST/GROUP of a server of your own.',
      ),
      gitea: parts.described(where, 'https://HOST/OWNER.'),
      forgejo: parts.described(where, 'https://HOST/OWNER.'),
      bitbucket: parts.described(where, 'A workspace of Bitbucket Cloud.'),
      grokmirror: parts.described(where, 'The https address of a manifest, such as that of kernel.org.'),
      list: parts.described(where, 'A file, or an https address: SOURCE or SOURCE DESTINATION a line.'),
      include: parts.described(globs, 'Globs on the path below the owner; default: everything.'),
      exclude: parts.described(globs, 'Globs of what is left out, whatever include says.'),
      archived: parts.described(parts.boolean, 'true takes archived repositories, too.'),
      forks: parts.described(parts.boolean, 'true takes forks, too.'),
    },
    { needs: [one('github', 'gitlab', 'gitea', 'forgejo', 'bitbucket', 'grokmirror', 'list')] },
  )
}

function schemaOfOption(parts: SchemaParts, v: Library, key: NamedSpec): Schema {
  switch (key.kind) {
    case 'switch':
      return parts.boolean
    case 'number': {
      const number = parts.count(key.min, key.max)
      const words = 'must be a whole number or unlimited'
      return 'unlimited' in key && key.unlimited
        ? v.union([number, v.literal('unlimited', words)], words)
        : number
    }
    case 'seconds': {
      if (!('units' in key && key.units)) return parts.count(key.min, key.max)
      const words = 'is not a time: seconds, or a time such as 90m or 6h'
      return v.union([parts.count(key.min, key.max), parts.matching(SECONDS, words)], words)
    }
    case 'size': {
      const words = 'is not a size such as 500M or 2G'
      return v.union([parts.count(1, Number.MAX_SAFE_INTEGER), parts.matching(SIZE, words)], words)
    }
    case 'lines':
      return parts.textOrList(parts.text())
    case 'text':
      return parts.text()
    case 'secret':
      return parts.secret
    case 'choice':
      return parts.choice(key.choices)
  }
}
