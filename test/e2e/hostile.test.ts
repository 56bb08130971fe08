import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { advertise, band, commandsOf, report, resultOf, serviceOf } from '../support/fake-server.ts'
import { forEachRef, git, gitWith } from '../support/git.ts'
import { expectHarmless, expectHarmlessCommand, PAYLOADS, REF_NAMES } from '../support/harmless.ts'
import { writeHook } from '../support/hosts/hooks.ts'
import { type Answer, type RecordedRequest, startHttpBackend } from '../support/http-backend.ts'
import { makePair, type Pair } from '../support/pair.ts'
import { type ActionResult, runAction, runCli } from '../support/runner.ts'
import { makeKey } from '../support/sshd-keys.ts'
import { sshdMissing, startSshd } from '../support/sshd.ts'

const DEBUG = { RUNNER_DEBUG: '1' }
let pair: Pair

beforeAll(async () => {
  pair = await makePair()
})

afterAll(async () => {
  console.log(`hostile: ${PAYLOADS.length} texts and ${REF_NAMES.length} names that git takes`)
  await pair[Symbol.asyncDispose]()
})

async function run(inputs: Readonly<Record<string, string>>): Promise<ActionResult> {
  const { source, destination } = pair
  return await runAction({
    inputs: { source, destination, 'source-token': '', retries: '0', ...inputs },
    env: DEBUG,
  })
}

async function runBoth(
  source: string,
  destination: string,
  args: readonly string[] = [],
): Promise<ActionResult> {
  const command = await runCli([source, destination, '--verbose', '--retries=0', ...args], { env: DEBUG })
  expectHarmlessCommand(command)
  const json = await runCli([source, destination, '--json', '--retries=0', '--dry-run', ...args], {
    env: DEBUG,
  })
  expectHarmlessCommand(json)
  expect(json.stdout).toMatch(/^[\n\x20-\x7e]*$/)
  JSON.parse(json.stdout)
  return await run({ source, destination })
}

describe('names of refs', () => {
  it('that git takes are mirrored, and are text wherever they are shown', async () => {
    await using mine = await makePair()
    const lines = REF_NAMES.map((name) => `create ${name} refs/heads/main\n`)
    await gitWith({ input: lines.join('') }, mine.source, 'update-ref', '--stdin')
    const result = await mine.run({}, { env: DEBUG })
    expectHarmless(result)
    expect(result.exitCode, result.log).toBe(0)
    expect(await forEachRef(mine.destination)).toEqual(await forEachRef(mine.source))
    const names = (JSON.parse(result.outputs['updated-refs']!) as { ref: string }[]).map(({ ref }) => ref)
    for (const name of REF_NAMES) expect(names).toContain(name)
  })

  it('are text where a hook refuses them, and where a guard lists them', async () => {
    await using mine = await makePair()
    await mine.mirror()
    const lines = REF_NAMES.map((name) => `create ${name} refs/heads/main\n`)
    await gitWith({ input: lines.join('') }, mine.source, 'update-ref', '--stdin')
    await writeHook(mine.destination, 'update', ['echo "no $1" >&2', 'exit 1'])
    const refused = await mine.run({}, { env: DEBUG })
    expectHarmless(refused)
    expect(refused.outputs['rejected']).toBe(String(REF_NAMES.length))
    await gitWith({ input: lines.join('') }, mine.destination, 'update-ref', '--stdin')
    await git(mine.source, 'update-ref', '-d', 'refs/heads/main')
    const stopped = await mine.run({ refs: 'refs/heads/main', 'max-deletions': '0' }, { env: DEBUG })
    expectHarmless(stopped)
    expect(stopped.exitCode).toBe(1)
  })

  it('that git forbids are held back, and are text wherever they are shown', async () => {
    const names = PAYLOADS.map((text) => `refs/heads/${text.replaceAll('\0', '').slice(0, 3900)}`)
    const answer = (request: RecordedRequest): Answer =>
      advertise(serviceOf(request), ['refs/heads/main', ...names])
    await using server = await startHttpBackend({ root: pair.folder, answer })
    const before = await forEachRef(pair.destination)
    const source = await runBoth(`${server.url}/source.git`, pair.destination)
    expectHarmless(source)
    expect(Number(source.outputs['rejected']), source.errors.join('\n')).toBeGreaterThan(PAYLOADS.length / 2)
    expect(await forEachRef(pair.destination)).toEqual(before)
    const destination = await run({ destination: `${server.url}/x.git`, 'max-deletions': 'unlimited' })
    expectHarmless(destination)
    expect(destination.exitCode).toBe(1)
  })
})

/** A destination that takes no ref and says why, in the words of `say`. */
function refusing(
  say: (ref: string, index: number) => string,
  progress = '',
): (request: RecordedRequest) => Answer {
  return (request) => {
    const service = serviceOf(request)
    if (request.method === 'GET') return advertise(service, [])
    const lines = commandsOf(request).map((ref, index) => `ng ${ref} ${say(ref, index)}`)
    return { ...resultOf(service, [...band(2, progress), ...report(['unpack ok', ...lines]), 0]), after: 100 }
  }
}

describe('words of a server', () => {
  it('are text: progress and reasons of a push', async () => {
    await using mine = await makePair()
    const lines = PAYLOADS.map((_, index) => `create refs/heads/b${index} refs/heads/main\n`)
    await gitWith({ input: lines.join('') }, mine.source, 'update-ref', '--stdin')
    const words = PAYLOADS.map((text) => text.slice(0, 20_000))
    const answer = refusing(
      (_, index) => (words[index] ?? 'no').replaceAll(/[\n\0]/g, ''),
      PAYLOADS.join('\n'),
    )
    await using server = await startHttpBackend({ root: mine.folder, answer })
    const result = await runBoth(mine.source, `${server.url}/x.git`)
    expectHarmless(result)
    expect(Number(result.outputs['rejected'])).toBeGreaterThan(PAYLOADS.length)
    expect(result.log).toContain('remote:')
  })

  it('are text: a pack that was not taken, an error of band 3, ERR', async () => {
    // One text to begin with for each run, and all others behind it.
    const texts = PAYLOADS.slice(0, 12).map((text) => `${text} ${PAYLOADS.join(' ').slice(0, 5000)}`)
    for (const [index, text] of texts.entries()) {
      const kind = index % 3
      const answer = (request: RecordedRequest): Answer => {
        const service = serviceOf(request)
        if (request.method === 'GET') {
          return kind === 2
            ? { ...advertise(service, []), body: packet(`ERR ${text}`) }
            : advertise(service, [])
        }
        const said = kind === 0 ? report([`unpack ${text}`]) : band(3, text)
        return { ...resultOf(service, [...said, 0]), after: 100 }
      }
      await using server = await startHttpBackend({ root: pair.folder, answer })
      const result = await run({ destination: `${server.url}/x.git` })
      expectHarmless(result)
      expect(result.exitCode).toBe(1)
    }
  })

  it('are text: pages and headers of an http server', async () => {
    const page = PAYLOADS.map((text) => text.slice(0, 300)).join('\n')
    const header = PAYLOADS.map((text) => text.slice(0, 40).replaceAll(/[^\x20-\x7e]/g, '?')).join(' ')
    const answers: readonly Answer[] = [
      { status: 500, body: page },
      {
        status: 403,
        headers: { 'content-type': 'text/html' },
        body: `<html><title>${page}</title>${page}</html>`,
      },
      { status: 404, headers: { 'x-github-request-id': header, 'cf-ray': header }, body: page.slice(400) },
      { status: 200, headers: { 'content-type': header }, body: page },
      { status: 401, headers: { 'www-authenticate': `Basic realm="${header}"` }, body: page.slice(900) },
      { status: 302, headers: { location: `http://127.0.0.1:1/${encodeURI(page.slice(0, 900))}` } },
      { status: 301, headers: { location: `javascript:${encodeURI(page.slice(0, 900))}` } },
      { status: 429, headers: { 'retry-after': header }, body: page },
    ]
    for (const given of answers) {
      await using server = await startHttpBackend({ root: pair.folder, answer: () => given })
      const result = await run({ source: `${server.url}/x.git`, destination: `${server.url}/y.git` })
      expectHarmless(result)
      expect(result.exitCode).toBe(1)
    }
  })

  it('are text: lines in the place of the protocol', async () => {
    const body = Buffer.from(PAYLOADS.join('\n').slice(0, 4000))
    const bodies = [body, Buffer.from(packet(PAYLOADS[3]!)), Buffer.from(packet(`version 2${PAYLOADS[4]}`))]
    for (const one of bodies) {
      const answer = (request: RecordedRequest): Answer => ({
        status: 200,
        headers: { 'content-type': `application/x-${serviceOf(request)}-advertisement` },
        body: one,
      })
      await using server = await startHttpBackend({ root: pair.folder, answer })
      const result = await run({ source: `${server.url}/x.git`, destination: `${server.url}/y.git` })
      expectHarmless(result)
      expect(result.exitCode).toBe(1)
    }
  })
})

describe.skipIf(sshdMissing())('ssh', () => {
  const text = PAYLOADS.map((payload) => payload.slice(0, 200)).join('\n')

  it('shows banner and standard error as text', async () => {
    await using sshd = await startSshd({
      banner: text,
      forceCommand: `cat "$HOME/none" ; cat '${'$'}KALANDRA_NOISE' >&2; exit 1`,
    })
    const source = sshd.url(pair.source)
    const known = { source, 'ssh-known-hosts': sshd.knownHosts }
    const failed = await run({ ...known, 'source-ssh-key': sshd.clientKey.privateKey })
    expectHarmless(failed)
    const stranger = await makeKey(sshd.folder, 'stranger')
    const refused = await run({ ...known, 'source-ssh-key': stranger.privateKey })
    expectHarmless(refused)
    expect([failed.exitCode, refused.exitCode]).toEqual([1, 1])
  })

  it('shows what a program says before git as text', async () => {
    await using sshd = await startSshd({ noise: text })
    const key = { 'source-ssh-key': sshd.clientKey.privateKey, 'ssh-known-hosts': sshd.knownHosts }
    const result = await run({ source: sshd.url(pair.source), ...key })
    expectHarmless(result)
    expect(result.exitCode).toBe(1)
  })

  it('shows nothing of known_hosts but the number of a line', async () => {
    await using sshd = await startSshd()
    for (const payload of [PAYLOADS.join(' '), ...PAYLOADS.slice(0, 3)]) {
      const line = `${payload.replaceAll(/[\s\0]/g, ' ').slice(0, 5000)} ssh-ed25519 AAAA`
      const result = await run({
        source: sshd.url(pair.source),
        'source-ssh-key': sshd.clientKey.privateKey,
        'ssh-known-hosts': `${sshd.knownHosts}${line} PWNED`,
      })
      expectHarmless(result)
      expect(result.log).not.toContain('PWNED')
    }
  })
})

function packet(text: string): string {
  return `${(Buffer.byteLength(text) + 4).toString(16).padStart(4, '0')}${text}`
}
