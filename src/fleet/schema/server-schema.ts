import type { Mapping, SchemaParts } from './schema-parts.ts'

const SECONDS = /^[0-9]{1,7} ?[smhSMH]?$/
const TIME_WORDS = 'is not a time: seconds, or a time such as 90m or 6h'
const USER = /^[^\s:]{1,200}$/
const HOST = /^[^\s/@]+$/

/** What stands below `server`. */
export function serverMapping(parts: SchemaParts): Mapping {
  return parts.mapping({
    token: parts.described(
      parts.secrets,
      'Opens what changes or shows anything, as Authorization: Bearer; at least 16 characters. A list while it changes.',
    ),
    hooks: parts.described(hooksMapping(parts), 'Hosts whose webhooks are taken, each with its secret.'),
    state: parts.described(parts.text(4096), 'File that keeps what was last known of each mirror.'),
    'stop-grace': parts.described(
      parts.matching(SECONDS, TIME_WORDS),
      'How long running mirrors may go on after SIGTERM; default: 20s.',
    ),
    'time-zone': parts.described(parts.text(100), 'Of schedules, such as Europe/Berlin; default: UTC.'),
    'page-public': parts.described(parts.boolean, 'true shows the page to everybody.'),
    'metrics-public': parts.described(parts.boolean, 'true shows /metrics to everybody.'),
    'metrics-by-mirror': parts.described(parts.boolean, 'false leaves the figures of single mirrors out.'),
    'sync-on-start': parts.described(
      parts.boolean,
      'false waits for the schedule, also where the last success is too old.',
    ),
    'hosts-allowed': parts.described(
      parts.textOrList(parts.matching(HOST, 'is not the name of a host')),
      'Names by which the page may be asked for, beside those of this machine.',
    ),
    heal: parts.described(
      parts.boolean,
      'true runs a mirror as well when its destination says that somebody pushed there.',
    ),
    'trust-proxy': parts.described(
      parts.boolean,
      'true takes the sender of a request from X-Forwarded-For, where a proxy of yours writes it.',
    ),
  })
}

function hooksMapping(parts: SchemaParts): Mapping {
  const secret = parts.described(parts.secrets, 'The secret of the hook; a list while it changes.')
  const signed = parts.mapping({ secret }, { needs: [{ keys: ['secret'], exactly: true }] })
  const withUser = parts.mapping(
    {
      secret,
      username: parts.described(
        parts.matching(USER, 'is not a user name: text without spaces and colons'),
        'The user name of the hook; default: kalandra.',
      ),
    },
    { needs: [{ keys: ['secret'], exactly: true }] },
  )
  return parts.mapping({
    github: parts.described(signed, 'POST /hooks/github.'),
    gitlab: parts.described(signed, 'POST /hooks/gitlab: signing token or secret token.'),
    gitea: parts.described(signed, 'POST /hooks/gitea, for Forgejo as well.'),
    bitbucket: parts.described(
      withUser,
      'POST /hooks/bitbucket, Cloud and Data Center: a signature, or user name and password.',
    ),
    azure: parts.described(withUser, 'POST /hooks/azure: user name and password.'),
  })
}
