import type { AdviceRow } from './row.ts'

/** What lies between here and the server, and how much of it the server gives. */
export const NETWORK_ROWS: readonly AdviceRow[] = [
  {
    id: 'proxy-page',
    next: 'nothing',
    codes: ['protocol', 'http', 'auth'],
    says: /captive portal|hotspot|squid|zscaler|fortiguard|blue ?coat|web filter|blocked by (your|the) (network|organi[sz]ation|administrator|firewall)/i,
    meaning: 'A proxy, firewall or portal of this network answered in place of the server.',
    todo: 'Ask for the host to be let through, set https_proxy, or run on another network.',
  },
  {
    id: 'proxy-login',
    next: 'nothing',
    says: /Proxy Authentication Required/i,
    statuses: [407],
    meaning: 'A proxy stands in between and asks for a login.',
    todo: 'Put its user and password into https_proxy: http://user:password@host:port.',
  },
  {
    id: 'proxy-unreachable',
    next: 'nothing',
    codes: ['connect', 'timeout', 'cut', 'http', 'protocol'],
    meaning: 'The proxy of the environment is not there or is no HTTP proxy.',
    todo: 'Correct https_proxy, or add the host to no_proxy.',
  },
  {
    id: 'certificate-authority',
    next: 'nothing',
    codes: ['connect'],
    meaning: 'The certificate of the server comes from an authority that this machine does not trust.',
    todo: 'Set NODE_EXTRA_CA_CERTS to a PEM file with the certificate of that authority.',
  },
  {
    id: 'unknown-host',
    next: 'nothing',
    codes: ['connect'],
    meaning: 'No server of that name is known here.',
    todo: 'Check the spelling of the address; names of a private network resolve only inside it.',
  },
  {
    id: 'asks-to-wait',
    next: 'nothing',
    codes: ['http', 'auth'],
    meaning: 'The server asks for more patience than a run has.',
    todo: 'Start again later, or run less often.',
  },
  {
    id: 'rate-limit',
    next: 'nothing',
    says: /\brate limit|too many requests/i,
    statuses: [429],
    meaning: 'The host has had too many requests from this account or address.',
    todo: 'Run less often, or give a token: anonymous limits are lower.',
  },
  {
    id: 'ssh-turned-away',
    next: 'nothing',
    codes: ['cut'],
    meaning:
      'The ssh server takes no more connections at the moment (MaxStartups), or none from this address.',
    todo: 'Let fewer mirrors talk with it at once (mirrors-at-once), or start again later.',
  },
  {
    id: 'length-required',
    next: 'collected',
    statuses: [411],
    side: 'destination',
    meaning: 'The server wants to know the length of a push before it begins.',
    todo: 'Set transfer: spool, so that the pack is collected first.',
  },
  {
    id: 'slow-push',
    next: 'collected',
    codes: ['http', 'timeout', 'cut'],
    statuses: [408, 504],
    side: 'destination',
    meaning: 'The server, or a proxy before it, gave up waiting for the push to end.',
    todo: 'Set max-pack-size so that each push is shorter, or use ssh.',
  },
]
