export interface Promised {
  /** Words of the promise, so that a number never slips to another one. */
  readonly says: string
  /** Tests that break when the promise does: file below test/, part of the title. */
  readonly tests: readonly (readonly [file: string, title: string])[]
}

/** The promises of the README, by number, with the tests that hold them. */
export const PROMISES: Readonly<Record<number, Promised>> = {
  1: {
    says: 'No ref moves unless the destination has every object behind it',
    tests: [
      ['mirror/pack/relay.test.ts', '[E7] never hands on the last slice of a pack whose trailer is wrong'],
      ['mirror/pack/relay.test.ts', '[G1] throws the source’s error inside the body'],
      ['e2e/statements-source.test.ts', '[G1] that ${what}: no ref moves'],
      ['e2e/statements-source.test.ts', '[E7] a pack without band and without end is not taken for whole'],
      ['e2e/statements-report.test.ts', '[G3] an error of the pack fails the run'],
    ],
  },
  2: {
    says: 'Success is what the destination lists afterwards',
    tests: [
      ['mirror/push/verdict.test.ts', 'does not believe an ok for a ref that did not move'],
      ['e2e/statements-report.test.ts', '[B18] is not believed: ok for a ref that did not move is a refusal'],
      [
        'e2e/statements-report.test.ts',
        '[B18] is not needed: a push whose report got lost is judged by the listing',
      ],
    ],
  },
  3: {
    says: 'Guards come before the first write',
    tests: [
      ['e2e/guards.test.ts', 'deletes nothing when it is empty'],
      ['e2e/guards.test.ts', 'deletes nothing when it has no ref in scope'],
      ['e2e/guards.test.ts', 'stops a run that would delete more, and lets one of exactly so many go'],
      ['e2e/guards.test.ts', 'is refused, and overwritten with allow-unrelated: true'],
      ['e2e/guards.test.ts', 'is refused when its refs would only be deleted'],
      ['e2e/statements-questions.test.ts', '[I2] and SHA-1 are told apart before a push'],
      ['e2e/statements-source.test.ts', '[H1] a shallow clone is refused before a push'],
      ['e2e/guards.test.ts', 'is no destination, %s'],
      ['e2e/guards.test.ts', 'is told from a destination that is named twice'],
      ['e2e/modes.test.ts', 'moves none, and says so, at a server that does not offer it'],
      ['e2e/modes.test.ts', 'moves none when there are more refs than one push takes'],
    ],
  },
  4: {
    says: 'force: false` is exact',
    tests: [
      ['e2e/modes.test.ts', 'moves what is a fast-forward, and tells of the rest, over file'],
      ['e2e/modes.test.ts', 'is as exact over http with %s at the source'],
      ['e2e/modes.test.ts', 'asks about 300 branches at once'],
      ['plan/any-plan.test.ts', 'moves no tag with force: false'],
    ],
  },
  5: {
    says: 'atomic: true` is all or nothing',
    tests: [
      ['e2e/modes.test.ts', 'moves none when a hook refuses one, and says which'],
      ['e2e/modes.test.ts', 'moves none when only branches diverged and force is false'],
      ['e2e/modes.test.ts', 'moves none where a folder would have to take the place of a branch'],
      ['e2e/modes.test.ts', 'keeps the other destinations apart'],
    ],
  },
  6: {
    says: 'Races are lost politely',
    tests: [
      ['e2e/races.test.ts', '[G8] moves a ref: it is listed and planned again'],
      ['e2e/races.test.ts', 'keeps what it had not seen when force is false'],
      ['e2e/races.test.ts', 'never stops moving a ref: the others are mirrored, and the rounds are bounded'],
      ['e2e/races.test.ts', 'end with a correct mirror and a success'],
    ],
  },
  7: {
    says: 'A cut leaves what was there',
    tests: [
      ['e2e/faults-file.test.ts', 'a run over file that is broken'],
      ['e2e/faults-http.test.ts', 'a run over http that is broken'],
      ['e2e/faults-ssh.test.ts', 'a run over ssh that is broken'],
      ['e2e/pieces.test.ts', 'goes on where a run that was killed stopped'],
    ],
  },
  8: {
    says: 'It tries again only where that is safe',
    tests: [
      ['mirror/sessions/retry.test.ts', 'never tries again what cannot pass'],
      [
        'e2e/statements-report.test.ts',
        '[B18] is not needed: a push whose report got lost is judged by the listing',
      ],
    ],
  },
  9: {
    says: 'It comes to an end',
    tests: [
      ['e2e/time.test.ts', 'is given up over %s, and named'],
      ['e2e/time.test.ts', 'ends a source that stops in the middle of the pack'],
      ['e2e/races.test.ts', 'never stops moving a ref: the others are mirrored, and the rounds are bounded'],
      ['mirror/sessions/retry.test.ts', 'tries a passing failure again as often as allowed'],
      ['mirror/sessions/retry.test.ts', '[F15] obeys Retry-After up to five minutes'],
      ['transport/http/discovery.test.ts', '[F8] gives up after five'],
    ],
  },
  10: {
    says: 'It stops within five seconds',
    tests: [
      ['e2e/cancel.test.ts', 'ends within seconds while'],
      ['main.test.ts', 'ends after %s with outputs and summary written, whatever hangs'],
    ],
  },
  11: {
    says: 'Secrets are masked',
    tests: [
      ['e2e/secrets.test.ts', 'are masks before the first other line'],
      ['e2e/secrets.test.ts', 'gives nothing away: %s'],
      ['e2e/secrets.test.ts', 'is never repeated: %i'],
      ['e2e/secrets.test.ts', 'is nothing of the children: their arguments, environment, hooks'],
    ],
  },
  12: {
    says: 'Credentials go nowhere else',
    tests: [
      ['e2e/credentials.test.ts', 'of %i to another host is followed without the login'],
      ['e2e/credentials.test.ts', 'to http at %s is not followed'],
      ['e2e/credentials.test.ts', 'goes to the own server, and to no other'],
      ['e2e/credentials.test.ts', 'has its own login, and an address its own'],
    ],
  },
  13: {
    says: 'Host keys are strict',
    tests: [
      [
        'transport/ssh/login-host-keys.test.ts',
        'is refused when nobody knows it, with the line that lets it in',
      ],
      [
        'transport/ssh/login-host-keys.test.ts',
        'is refused when it is not the known one, until its line is added',
      ],
      ['transport/ssh/login-host-keys.test.ts', 'is refused when it is revoked, whatever else is said of it'],
    ],
  },
  14: {
    says: "Servers' texts cannot speak to the runner",
    tests: [
      ['e2e/hostile.test.ts', 'that git takes are mirrored, and are text wherever they are shown'],
      ['e2e/hostile.test.ts', 'that git forbids are held back, and are text wherever they are shown'],
      ['e2e/hostile.test.ts', 'are text: progress and reasons of a push'],
      ['e2e/hostile.test.ts', 'are text: pages and headers of an http server'],
      ['e2e/hostile.test.ts', 'shows banner and standard error as text'],
    ],
  },
  15: {
    says: 'Sizes are limited',
    tests: [
      ['e2e/endless.test.ts', 'is stopped: %s'],
      ['e2e/hostile.test.ts', 'are text: progress and reasons of a push'],
    ],
  },
  16: {
    says: 'Nothing is written to disk',
    tests: [
      ['mirror/pack/spool.test.ts', 'keeps a large pack in a file without a name, readable more than once'],
      ['mirror/pack/spool.test.ts', 'leaves nothing behind when the pack breaks off'],
    ],
  },
}
