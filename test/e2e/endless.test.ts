import { describe, expect, it } from 'vitest'
import { type EndlessServer, startEndlessServer, watchMemory } from '../support/endless.ts'
import { FAKE_ID } from '../support/fake-server.ts'
import { forEachRef } from '../support/git.ts'
import { joinPackets } from '../support/hosts/packets.ts'
import { makePair, type Pair } from '../support/pair.ts'
import { type ActionResult, startAction } from '../support/runner.ts'

const MEGABYTE = 1024 * 1024
/** Of the whole program; Node itself takes about 100 MB of it. */
const MOST_MEMORY = 1500 * MEGABYTE

const FETCH = 'multi_ack_detailed side-band-64k ofs-delta thin-pack no-progress agent=fake/1'
const PUSH = 'report-status delete-refs side-band-64k ofs-delta agent=fake/1'

function http(type: string, rest: readonly string[] = []): Buffer {
  return Buffer.from(
    ['HTTP/1.1 200 OK', `content-type: ${type}`, 'connection: close', ...rest, '', ''].join('\r\n'),
  )
}

function advertisement(service: string): Buffer {
  return Buffer.concat([
    http(`application/x-${service}-advertisement`),
    joinPackets([`# service=${service}\n`, 0]),
  ])
}

function result(service: string): Buffer {
  return http(`application/x-${service}-result`)
}

/** Version 2 with ls-refs and fetch. */
function greetV2(): Buffer {
  return Buffer.concat([
    http('application/x-git-upload-pack-advertisement'),
    joinPackets([
      'version 2\n',
      'agent=fake/1\n',
      'ls-refs=unborn\n',
      'fetch=shallow wait-for-done\n',
      'object-format=sha1\n',
      0,
    ]),
  ])
}

const refLine = (name: string, told = ''): string => `${FAKE_ID} ${name}${told}\n`
const progress = Buffer.from([2, ...Buffer.from('Counting objects: 1\r')])
const manyRefs = Buffer.concat(
  Array.from({ length: 4000 }, (_, index) => joinPackets([refLine(`refs/heads/endless/branch-${index}`)])),
)

interface Case {
  readonly side: 'source' | 'destination'
  readonly serve: Parameters<typeof startEndlessServer>[0]
  readonly says: RegExp
  readonly speaksFirst?: boolean
  readonly scheme?: 'http' | 'git' | 'ssh'
}

const TOO_MUCH = /more .* than any real repository|longer than|too (long|large|much)|more than/i

const CASES: Readonly<Record<string, Case>> = {
  'refs of an advertisement': {
    side: 'source',
    serve: ({ pour }) =>
      pour(
        Buffer.concat([
          advertisement('git-upload-pack'),
          joinPackets([refLine('refs/heads/main', `\0${FETCH}`)]),
        ]),
        manyRefs,
      ),
    says: TOO_MUCH,
  },
  'refs of a receive-pack': {
    side: 'destination',
    serve: ({ pour }) =>
      pour(
        Buffer.concat([
          advertisement('git-receive-pack'),
          joinPackets([refLine('refs/heads/main', `\0${PUSH}`)]),
        ]),
        manyRefs,
      ),
    says: TOO_MUCH,
  },
  'an answer to ls-refs': {
    side: 'source',
    serve: ({ asked, socket, pour }) =>
      asked.startsWith('GET') ? socket.end(greetV2()) : pour(result('git-upload-pack'), manyRefs),
    says: TOO_MUCH,
  },
  'capabilities of version 2': {
    side: 'source',
    serve: ({ pour }) =>
      pour(
        Buffer.concat([http('application/x-git-upload-pack-advertisement'), joinPackets(['version 2\n'])]),
        joinPackets(['capability=endless\n']),
      ),
    says: TOO_MUCH,
  },
  'progress before a pack': {
    side: 'source',
    serve: ({ asked, socket, pour }) => {
      if (asked.startsWith('GET')) return socket.end(greetV2())
      if (asked.includes('command=ls-refs')) {
        return socket.end(
          Buffer.concat([result('git-upload-pack'), joinPackets([refLine('refs/heads/main'), 0])]),
        )
      }
      return pour(
        Buffer.concat([result('git-upload-pack'), joinPackets(['packfile\n'])]),
        joinPackets([progress]),
      )
    },
    says: TOO_MUCH,
  },
  'progress of a push': {
    side: 'destination',
    serve: ({ asked, socket, pour }) => {
      if (!asked.startsWith('GET')) return pour(result('git-receive-pack'), joinPackets([progress]))
      const line = `${'0'.repeat(40)} capabilities^{}\0${PUSH}\n`
      return socket.end(Buffer.concat([advertisement('git-receive-pack'), joinPackets([line, 0])]))
    },
    says: TOO_MUCH,
  },
  'lines of a report': {
    side: 'destination',
    serve: ({ asked, socket, pour }) => {
      if (!asked.startsWith('GET')) {
        const lines = Array.from({ length: 500 }, (_, index) => `ok refs/heads/endless/${index}\n`)
        const slice = Buffer.concat([Buffer.from([1]), joinPackets(lines)])
        return pour(
          Buffer.concat([result('git-receive-pack'), joinPackets([Buffer.from('\u0001000eunpack ok\n')])]),
          joinPackets([slice]),
        )
      }
      const line = `${'0'.repeat(40)} capabilities^{}\0${PUSH}\n`
      return socket.end(Buffer.concat([advertisement('git-receive-pack'), joinPackets([line, 0])]))
    },
    says: TOO_MUCH,
  },
  'a page of an error': {
    side: 'source',
    serve: ({ pour }) =>
      pour(
        Buffer.from('HTTP/1.1 403 No\r\ncontent-type: text/html\r\n\r\n<html>'),
        Buffer.from('<p>no</p>\n'),
      ),
    says: /does not allow/,
  },
  'a page with a login': {
    side: 'destination',
    serve: ({ pour }) => pour(http('text/html'), Buffer.from('<p>who are you?</p>\n')),
    says: /does not answer as a smart Git server/,
  },
  'one line without an end': {
    side: 'source',
    serve: ({ pour }) => pour(http('text/plain'), Buffer.from('x')),
    says: /does not answer as a smart Git server/,
  },
  'headers of an answer': {
    side: 'source',
    serve: ({ pour }) => pour(Buffer.from('HTTP/1.1 200 OK\r\n'), Buffer.from('x-endless: 1\r\n')),
    says: /header/i,
  },
  'empty packets of a band': {
    side: 'source',
    serve: ({ asked, socket, pour }) => {
      if (asked.startsWith('GET')) return socket.end(greetV2())
      if (asked.includes('command=ls-refs')) {
        return socket.end(
          Buffer.concat([result('git-upload-pack'), joinPackets([refLine('refs/heads/main'), 0])]),
        )
      }
      return pour(
        Buffer.concat([result('git-upload-pack'), joinPackets(['packfile\n'])]),
        Buffer.from('0005\u0002'),
      )
    },
    says: TOO_MUCH,
  },
  acknowledgements: {
    side: 'source',
    serve: ({ asked, socket, pour }) => {
      if (asked.startsWith('GET')) return socket.end(greetV2())
      if (asked.includes('command=ls-refs')) {
        return socket.end(
          Buffer.concat([result('git-upload-pack'), joinPackets([refLine('refs/heads/main'), 0])]),
        )
      }
      return pour(
        Buffer.concat([result('git-upload-pack'), joinPackets(['acknowledgments\n'])]),
        joinPackets([`ACK ${FAKE_ID}\n`]),
      )
    },
    says: TOO_MUCH,
  },
  'a banner of ssh': {
    side: 'source',
    scheme: 'ssh',
    speaksFirst: true,
    serve: ({ pour }) => pour(Buffer.alloc(0), Buffer.from('Welcome to this server\r\n')),
    says: /ssh/i,
  },
  'a packet of ssh without an end': {
    side: 'source',
    scheme: 'ssh',
    speaksFirst: true,
    serve: ({ pour }) => pour(Buffer.from('SSH-2.0-endless\r\n'), Buffer.from('x')),
    says: /ssh/i,
  },
  'a daemon that has only a pack of nothing': {
    side: 'source',
    scheme: 'git',
    speaksFirst: true,
    serve: ({ pour }) => pour(Buffer.alloc(0), Buffer.from('0004')),
    says: /./,
  },
}

async function runAgainst(
  pair: Pair,
  server: EndlessServer,
  { side, scheme = 'http' }: Case,
): Promise<[ActionResult, number]> {
  await using running = await startAction({
    inputs: {
      source: pair.source,
      destination: pair.destination,
      'source-token': '',
      'source-ssh-key': SOME_KEY,
      [side]: `${scheme}://127.0.0.1:${server.port}/x.git`,
      retries: '0',
      'idle-timeout': '30',
    },
    limit: 30_000,
  })
  const peak = watchMemory(running.pid, running.done)
  return [await running.done, await peak]
}

const SOME_KEY = `-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC
-----END PRIVATE KEY-----`

describe('a server that never stops', () => {
  it.each(Object.entries(CASES))('is stopped: %s', async (_, one) => {
    await using pair = await makePair()
    await using server = await startEndlessServer(one.serve, { speaksFirst: one.speaksFirst ?? false })
    const before = await forEachRef(pair.destination)
    const [result, peak] = await runAgainst(pair, server, one)
    expect(result.exitCode, result.log).toBe(1)
    expect(result.errors.join('\n')).toMatch(one.says)
    expect(result.outputs['changed']).toBe('false')
    expect(result.summary).toMatch(/^## ❌/)
    expect(result.stdout.length).toBeLessThan(2 * MEGABYTE)
    expect(peak).toBeLessThan(MOST_MEMORY)
    expect(await forEachRef(pair.destination)).toEqual(before)
  })
})
