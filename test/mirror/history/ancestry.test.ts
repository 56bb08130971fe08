import { describe, expect, it } from 'vitest'
import { MirrorError, type MirrorErrorDetails } from '../../../src/base/errors.ts'
import { askAncestry } from '../../../src/mirror/history/ancestry.ts'
import { emptyPack, PACK_HEADER_LENGTH } from '../../../src/protocol/pack.ts'
import { advertise } from '../../support/fake-server.ts'
import { git, makeBareRepository } from '../../support/git.ts'
import { joinPackets } from '../../support/hosts/packets.ts'
import { addCommits } from '../../support/repositories.ts'
import { startJgitLike } from '../../support/servers/jgit-like.ts'
import { ask, type Asked } from './asking.ts'
import { answerOf, greetingOf, questionsIn, scripted, withNames } from './watched.ts'

const [OLD, TIP, OTHER] = ['a', 'b', 'c'].map((digit) => digit.repeat(40)) as [string, string, string]

const NAMES = { OLD, TIP, OTHER }

const QUESTION = [{ old: OLD, new: TIP }]

/** Six commits in a row, and one beside them. */
async function makeHistory() {
  const repository = await makeBareRepository()
  const { path } = repository
  const ids = await addCommits(path, 6)
  const stranger = (await addCommits(path, 1, { ref: 'refs/heads/stranger', path: 's' }))[0]!
  const names = { ...Object.fromEntries(ids.map((id, at) => [`c${at}`, id])), stranger }
  return { path, ids, stranger, names, [Symbol.asyncDispose]: () => repository[Symbol.asyncDispose]() }
}

/** For each of `olds`: is it behind the newest of the six? */
async function askAbout(source: Asked, tip: string, olds: readonly string[]) {
  return await askAncestry(
    source.server,
    olds.map((old) => ({ old, new: tip })),
  )
}

describe('questions about ancestry', () => {
  it('are none where nothing is to be known', async () => {
    await using source = ask('/nowhere')
    expect(await askAncestry(source.server, [])).toEqual([])
    expect(source.log).toEqual([])
  })

  it('want the old commit and have the new one: an empty pack is a yes', async () => {
    await using history = await makeHistory()
    await using source = ask(history.path)
    expect(await askAbout(source, history.ids[5]!, [history.ids[1]!])).toEqual([true])
    expect(withNames(source.log, history.names)).toEqual([
      'open',
      'thin-pack, ofs-delta, want c1, have c5, done',
    ])
  })

  it('read a small pack to its end: a no, after which each is asked about alone, all on one connection', async () => {
    await using history = await makeHistory()
    await using source = ask(history.path, { opensAhead: true })
    const olds = [history.ids[1]!, history.stranger, history.ids[2]!]
    expect(await askAbout(source, history.ids[5]!, olds)).toEqual([true, false, true])
    expect(withNames(source.log, history.names)).toEqual([
      'open',
      'thin-pack, ofs-delta, want c1, want stranger, want c2, have c5, done',
      'thin-pack, ofs-delta, want c1, have c5, done',
      'thin-pack, ofs-delta, want stranger, have c5, done',
      'thin-pack, ofs-delta, want c2, have c5, done',
    ])
  })

  it('break a larger pack off, which ends its connection', async () => {
    await using history = await makeHistory()
    const many = (await addCommits(history.path, 40, { ref: 'refs/heads/many', path: 'm' })).at(-1)!
    const [large] = await addCommits(history.path, 1, { ref: 'refs/heads/large', path: 'l', size: 600_000 })
    await using source = ask(history.path)
    const tip = history.ids[5]!
    expect(await askAbout(source, tip, [many])).toEqual([false])
    expect(await askAbout(source, tip, [large!])).toEqual([false])
    expect(await askAbout(source, tip, [history.ids[1]!])).toEqual([true])
    expect(withNames(source.log, { ...history.names, many, large: large! })).toEqual([
      'open',
      'thin-pack, ofs-delta, want many, have c5, done',
      'abort',
      'close',
      'open',
      'thin-pack, ofs-delta, want large, have c5, done',
      'abort',
      'close',
      'open',
      'thin-pack, ofs-delta, want c1, have c5, done',
    ])
  })

  it('are one for all that moved to one commit, each named once', async () => {
    await using history = await makeHistory()
    await using source = ask(history.path)
    const [first, second] = history.ids as [string, string]
    expect(await askAbout(source, history.ids[5]!, [first, second, first])).toEqual([true, true, true])
    expect(questionsIn(withNames(source.log, history.names))).toEqual([
      'thin-pack, ofs-delta, want c0, want c1, have c5, done',
    ])
  })

  it('go over four connections at once, or as twelve requests', async () => {
    await using history = await makeHistory()
    await using source = ask(history.path)
    const questions = history.ids.slice(1).map((tip) => ({ old: history.ids[0]!, new: tip }))
    expect(await askAncestry(source.server, questions)).toEqual(questions.map(() => true))
    expect(source.mostOpen()).toBe(4)
    await using ahead = ask(history.path, { opensAhead: true })
    expect(await askAncestry(ahead.server, questions)).toEqual(questions.map(() => true))
    // Each serves the next question itself.
    expect(ahead.mostOpen()).toBe(4)
    let most = 0
    const onBusy = (count: number): void => void (most = Math.max(most, count))
    await using forgetful = ask(scripted({ answer: () => answerOf({}), onBusy }))
    const many = Array.from({ length: 14 }, (_, at) => ({
      old: OLD,
      new: (at + 16).toString(16).padEnd(40, '0'),
    }))
    expect(await askAncestry(forgetful.server, many)).toEqual(many.map(() => true))
    expect(most).toBe(12)
    expect(forgetful.log.filter((line) => line === 'open')).toHaveLength(1)
  })
})

describe('questions about ancestry in version 0', () => {
  it('want tips alone over a connection that is kept open: others are asked the other way round', async () => {
    await using history = await makeHistory()
    const [first, , third, , , tip] = history.ids as [string, string, string, string, string, string]
    await using source = ask(history.path, { old: true })
    expect(await askAbout(source, tip, [first])).toEqual([true])
    expect(withNames(source.log, history.names)).toEqual([
      'open',
      'want c5, shallow c0, have c0',
      'close',
      'open',
      'want c5, deepen 2, have c5, done',
      'close',
    ])
    await git(history.path, 'update-ref', 'refs/heads/first', first)
    await using now = ask(history.path, { old: true })
    expect(await askAbout(now, tip, [first])).toEqual([true])
    expect(questionsIn(withNames(now.log, history.names))).toEqual(['want c0, have c5, done'])
    await using both = ask(history.path, { old: true })
    expect(await askAbout(both, tip, [first, third])).toEqual([true, true])
    expect(questionsIn(withNames(both.log, history.names))).toEqual([
      'want c0, have c5, done',
      'want c5, shallow c2, have c2',
      'want c5, deepen 2, have c5, done',
    ])
  })

  it('tell the second commit of a history from one without parents', async () => {
    await using history = await makeHistory()
    const [first, second] = history.ids as [string, string]
    await git(history.path, 'update-ref', 'refs/heads/main', second)
    await git(history.path, 'update-ref', '-d', 'refs/heads/stranger')
    await using source = ask(history.path, { old: true })
    expect(await askAbout(source, second, [first])).toEqual([true])
    expect(questionsIn(withNames(source.log, history.names))).toEqual([
      'want c1, shallow c0, have c0',
      'want c1, deepen 2, have c1, done',
    ])
  })

  it('want anything where the server says that it gives it', async () => {
    await using history = await makeHistory()
    await git(history.path, 'config', 'uploadpack.allowReachableSHA1InWant', 'true')
    await using source = ask(history.path, { old: true })
    expect(await askAbout(source, history.ids[5]!, history.ids.slice(0, 2))).toEqual([true, true])
    expect(questionsIn(withNames(source.log, history.names))).toEqual(['want c0, want c1, have c5, done'])
  })

  it.each([
    [1000, 1000],
    [1001, 1],
  ])('compare wants with refs a million times at most: 1,000 times %i', async (count, together) => {
    const ids = Array.from({ length: 1000 }, (_, at) => (at + 1).toString(16).padStart(40, '0'))
    const refs = Array.from({ length: count }, (_, at) => `${ids[at % 1000]} refs/heads/b${at}`)
    const greeting = joinPackets([`${refs[0]}\0ofs-delta\n`, ...refs.slice(1).map((ref) => `${ref}\n`), 0])
    await using source = ask(scripted({ isKept: true, greeting, answer: () => answerOf({}) }), {
      onQuestion: () => {
        throw new MirrorError('seen', { code: 'auth' })
      },
    })
    await expect(askAbout(source, TIP, ids)).rejects.toMatchObject({ message: 'seen' })
    const [asked = ''] = questionsIn(source.log)
    expect(asked.match(/want /g)).toHaveLength(together)
  })

  it('want anything of a server that forgets; a refusal says nothing', async () => {
    const greeting = advertise('git-upload-pack', ['refs/heads/main'], 'side-band-64k').body as Buffer
    const answer = (): Buffer => joinPackets([`ERR upload-pack: not our ref ${OLD}`])
    await using source = ask(scripted({ greeting, answer }))
    expect(await askAncestry(source.server, QUESTION)).toEqual([undefined])
    expect(questionsIn(withNames(source.log, NAMES))).toEqual(['want OLD, have TIP, done'])
  })
})

describe('questions about ancestry that are asked from the tip', () => {
  const question = 'thin-pack, ofs-delta, want c1, have c5, done'
  const fromTip = [
    'thin-pack, ofs-delta, want c5, shallow c1, have c1',
    'thin-pack, ofs-delta, want c5, deepen 2, have c5, done',
  ]

  it.each([
    ['refuses the want in words', false, [question, ...fromTip]],
    ['hangs up twice', true, [question, question, ...fromTip]],
  ])('follow where the server %s', async (_, isMute, asked) => {
    await using history = await makeHistory()
    await using server = await startJgitLike(history.path.replace(/\/[^/]+$/, ''), {
      tipsOnly: true,
      isMute,
    })
    await using source = ask(server.url(history.path))
    expect(await askAbout(source, history.ids[5]!, [history.ids[1]!])).toEqual([true])
    expect(questionsIn(withNames(source.log, history.names))).toEqual(asked)
  })

  it('do not believe it about a tip without parents, nor about one that parted before', async () => {
    await using history = await makeHistory()
    const [, parted] = await addCommits(history.path, 2, { ref: 'refs/heads/parted', path: 'p' })
    await using server = await startJgitLike(history.path.replace(/\/[^/]+$/, ''), { tipsOnly: true })
    await using source = ask(server.url(history.path))
    expect(await askAbout(source, history.stranger, [history.ids[1]!])).toEqual([false])
    expect(questionsIn(withNames(source.log, history.names))).toEqual([
      'thin-pack, ofs-delta, want c1, have stranger, done',
      'thin-pack, ofs-delta, want stranger, shallow c1, have c1',
      'thin-pack, ofs-delta, want stranger, deepen 2, have stranger, done',
    ])
    expect(await askAbout(source, parted!, [history.ids[1]!])).toEqual([false])
  })

  /** A server that refuses to give OLD, and then says what a test wants. */
  function refusing(then: {
    readonly first?: Buffer
    readonly ready?: Buffer
    readonly boundary?: Buffer
    readonly agent?: string
  }) {
    const refusal = joinPackets([`ERR upload-pack: not our ref ${OLD}`])
    return scripted({
      greeting: greetingOf('fetch=shallow', ...(then.agent === undefined ? [] : [`agent=${then.agent}`])),
      answer: (lines) => {
        if (lines.includes('deepen 2')) return then.boundary ?? answerOf({ shallow: [OTHER] })
        if (lines.includes(`shallow ${OLD}`)) return then.ready ?? answerOf({ acks: [OLD], ready: true })
        return then.first ?? refusal
      },
    })
  }

  const err = (words: string): Buffer => joinPackets([`ERR ${words}`])

  const SILENCE = Buffer.alloc(0)

  it.each([
    ['a way to a tip with parents is a yes', {}, true],
    ['a tip without parents is a no', { boundary: answerOf({}) }, false],
    ['no way is a no', { ready: answerOf({ acks: [OLD] }) }, false],
    ['one that was refused is a no where the way is not told', { agent: 'git/2.47' }, false],
    ['one that was refused is a no where the server hangs up', { ready: SILENCE }, false],
    ['silence says nothing where the way is not told', { agent: 'git/2.47', first: SILENCE }, undefined],
    ['silence says nothing where it goes on', { first: SILENCE, ready: SILENCE }, undefined],
    ['silence about the parents says nothing', { boundary: SILENCE }, undefined],
    ['a tip that is refused says no', { ready: err(`want ${TIP} not valid`) }, false],
    ['an old one that is refused says no', { ready: err(`want ${OLD} not valid`) }, false],
    ['a tip that is refused later says nothing', { boundary: err(`want ${TIP} not valid`) }, undefined],
  ])('%s', async (_, then, answer) => {
    await using source = ask(refusing(then))
    expect(await askAncestry(source.server, QUESTION)).toEqual([answer])
  })

  it.each([
    ['at first', { first: err('out of memory') }],
    ['about another object', { first: err(`want ${OTHER} not valid`) }],
    ['about the way', { ready: err(`want ${OTHER} not valid`) }],
    ['about the parents', { boundary: err(`want ${OLD} not valid`) }],
  ])('fail with what else the server says %s', async (_, then) => {
    await using source = ask(refusing(then))
    await expect(askAncestry(source.server, QUESTION)).rejects.toMatchObject({
      code: 'server',
      side: 'source',
    })
  })

  it('are about each by itself where one of several is refused', async () => {
    const answer = (lines: readonly string[]): Buffer =>
      lines.includes(`want ${OLD}`) ? err(`want ${OLD} not valid`) : answerOf({})
    await using source = ask(scripted({ greeting: greetingOf('fetch', 'agent=git/2.47'), answer }))
    const questions = [OLD, OTHER].map((old) => ({ old, new: TIP }))
    expect(await askAncestry(source.server, questions)).toEqual([false, true])
    expect(questionsIn(withNames(source.log, NAMES))).toEqual([
      'thin-pack, ofs-delta, want OLD, want OTHER, have TIP, done',
      'thin-pack, ofs-delta, want OLD, have TIP, done',
      'thin-pack, ofs-delta, want OTHER, have TIP, done',
    ])
  })
})

describe('questions about ancestry that break off', () => {
  /** Breaks the first `times` questions off. @returns the answer, and how often it was asked. */
  async function breakOff(details: MirrorErrorDetails, times: number) {
    let asked = 0
    await using source = ask(
      scripted({ greeting: greetingOf('fetch', 'agent=git/2.47'), answer: () => answerOf({}) }),
      {
        onQuestion: () => {
          if (asked++ < times) throw new MirrorError('it broke', details)
        },
      },
    )
    const answers = await askAncestry(source.server, QUESTION)
    return { answers, asked }
  }

  it.each([
    ['a cut', { code: 'cut' }],
    ['a server that gives no words', { code: 'server', serverText: '' }],
    ['a program that failed', { code: 'http', status: 500 }],
    [
      'a page about a program that failed',
      { code: 'http', status: 500, serverText: 'Internal Server Error' },
    ],
  ] as const)('are asked once more after %s', async (_, details) => {
    expect(await breakOff(details, 1)).toEqual({ answers: [true], asked: 2 })
    expect(await breakOff(details, 2)).toEqual({ answers: [undefined], asked: 2 })
  })

  it.each([
    { code: 'timeout' },
    { code: 'http', status: 502 },
    { code: 'auth', status: 500 },
    { code: 'cut', serverText: 'out of memory' },
  ] as const)('fail with any other error: %j', async (details) => {
    await expect(breakOff(details, 1)).rejects.toMatchObject({ ...details, side: 'source' })
  })

  it('are asked once more where an empty pack breaks off behind its head', async () => {
    const head = Buffer.concat([Buffer.from([1]), emptyPack('sha1').subarray(0, PACK_HEADER_LENGTH)])
    const answers = [joinPackets(['packfile\n', head])]
    await using source = ask(scripted({ answer: () => answers.shift() ?? answerOf({}) }))
    expect(await askAncestry(source.server, QUESTION)).toEqual([true])
    expect(questionsIn(source.log)).toHaveLength(2)
  })

  it('end with the run', async () => {
    const controller = new AbortController()
    const reason = new Error('that is enough')
    await using source = ask(scripted({ answer: () => answerOf({}) }), {
      signal: controller.signal,
      onQuestion: () => {
        controller.abort(reason)
        throw new MirrorError('it broke', { code: 'cut' })
      },
    })
    await expect(askAncestry(source.server, QUESTION)).rejects.toBe(reason)
  })
})
