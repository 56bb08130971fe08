import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeHook } from '../support/hosts/hooks.ts'
import { type Answer, type RecordedRequest, startHttpBackend } from '../support/http-backend.ts'
import { makePair, type Pair } from '../support/pair.ts'
import { makeSecret, makeSpyGit, plantSecret, SecretSearch } from '../support/plants.ts'
import { startRawServer } from '../support/raw-server.ts'
import { type ActionResult, runAction, runCli, startAction } from '../support/runner.ts'
import { makeKey } from '../support/sshd-keys.ts'
import { type Sshd, sshdMissing, startSshd } from '../support/sshd.ts'
import { makeTempFolder, type TempFolder } from '../support/temp.ts'

const sourceToken = makeSecret('src_+/')
const destinationToken = makeSecret('dst=ü ')
const workflowToken = makeSecret('ghs_')
const passphrase = ` ${makeSecret('pass phrase+%')} `
const urlPassword = makeSecret('url/p@ss%')
const proxyPassword = makeSecret('proxy:')
const comment = makeSecret('comment-')
const query = makeSecret('query')
const other = makeSecret('runtime')
const users = ['x-access-token:', 'me:', 'mé:', ':']

let search: SecretSearch
let keys: { readonly plain: string; readonly locked: string }
let folder: TempFolder
let pair: Pair
let sshd: Sshd | undefined

beforeAll(async () => {
  folder = await makeTempFolder()
  pair = await makePair()
  sshd = sshdMissing() === undefined ? await startSshd({ banner: 'Welcome, stranger\n' }) : undefined
  const plain = await makeKey(folder.path, 'plain', { type: 'ecdsa', format: 'PKCS8' })
  const locked = await makeKey(folder.path, 'locked', { passphrase })
  keys = { plain: plain.privateKey, locked: locked.privateKey }
  search = new SecretSearch([
    plantSecret('source-token', sourceToken, users),
    plantSecret('destination-token', destinationToken, users),
    plantSecret('workflow-token', workflowToken, users),
    plantSecret('passphrase', passphrase.trim()),
    plantSecret('password in an address', urlPassword, users),
    plantSecret('password of a proxy', proxyPassword, ['puser:']),
    plantSecret('comment in known_hosts', comment),
    plantSecret('query of an address', query),
    plantSecret('variable of the runner', other),
    plantSecret('key', keys.plain),
    plantSecret('locked key', keys.locked),
  ])
})

afterAll(async () => {
  const { plants, forms, bytes, texts, runs } = search
  console.log(
    `secrets: ${plants.length} planted, ${forms} forms; ${bytes} bytes in ${texts} texts of ${runs} runs`,
  )
  await sshd?.[Symbol.asyncDispose]()
  await pair[Symbol.asyncDispose]()
  await folder[Symbol.asyncDispose]()
})

/** Every secret that a step can have. */
function withSecrets(inputs: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return {
    source: pair.source,
    destination: pair.destination,
    'source-token': sourceToken,
    'destination-token': destinationToken,
    'destination-username': 'mé',
    'workflow-token': workflowToken,
    'source-ssh-key': keys.plain,
    'destination-ssh-key': keys.locked,
    'destination-ssh-passphrase': passphrase,
    'ssh-known-hosts': `${sshd?.knownHosts ?? ''}other.example ${'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIIVIC02vnjFyL+I4RHfvIGNtOgJMe769VTF1VR4EB3ZB'} ${comment}`,
    retries: '0',
    ...inputs,
  }
}

const secretEnv = { GITHUB_TOKEN: workflowToken, ACTIONS_RUNTIME_TOKEN: other, RUNNER_DEBUG: '1' }

async function runStep(
  inputs: Readonly<Record<string, string>>,
  env: NodeJS.ProcessEnv = {},
): Promise<ActionResult> {
  return await runAction({ inputs: withSecrets(inputs), token: workflowToken, env: { ...secretEnv, ...env } })
}

async function runCommand(args: readonly string[], env: NodeJS.ProcessEnv = {}): ReturnType<typeof runCli> {
  const tokens = { KALANDRA_SOURCE_TOKEN: sourceToken, KALANDRA_DESTINATION_TOKEN: destinationToken }
  return await runCli([...args, '--verbose', '--json', '--retries=0'], {
    env: { ...secretEnv, ...tokens, ...env },
  })
}

/** Nothing planted is in what a failed step left, and every token was masked. */
function expectSilence(result: ActionResult, exitCode = 1): void {
  expect(search.searchAction(result)).toEqual([])
  expect(result.exitCode, result.log).toBe(exitCode)
}

/** All that a server knows of the one who asks, in words. */
function echo({ headers, path }: RecordedRequest): string {
  const sent = headers.authorization ?? ''
  const login = Buffer.from(sent.replace(/^Basic /, ''), 'base64').toString()
  const password = login.slice(login.indexOf(':') + 1)
  return [
    `${path} ${sent}`,
    login,
    password,
    encodeURIComponent(password),
    [...password].join('\u200b'),
    encodeURIComponent(login),
  ].join('\n')
}

const packet = (text: string): string =>
  `${(Buffer.byteLength(text) + 4).toString(16).padStart(4, '0')}${text}`

const TALKATIVE: Readonly<Record<string, (request: RecordedRequest) => Answer>> = {
  'a wrong password': (request) => ({
    status: 401,
    headers: { 'www-authenticate': 'Basic' },
    body: echo(request),
  }),
  'a refusal as a page': (request) => ({
    status: 403,
    headers: { 'content-type': 'text/html' },
    body: `<html><title>${echo(request)}</title><p>${echo(request)}</p></html>`,
  }),
  'no such repository': (request) => ({ status: 404, body: echo(request) }),
  'a broken server': (request) => ({ status: 500, body: echo(request) }),
  'a page for people': (request) => ({
    status: 200,
    headers: { 'content-type': echo(request).split('\n')[0]! },
    body: echo(request),
  }),
  'a redirect to itself': (request) => ({
    status: 302,
    headers: { location: `/login?next=${encodeURIComponent(echo(request))}` },
  }),
  'a redirect out of http': (request) => ({
    status: 302,
    headers: { location: `ftp://me:${echo(request).split('\n').at(-1)}@example.org/` },
  }),
  'an error in words': ({ path, ...request }) => ({
    status: 200,
    headers: { 'content-type': `application/x-${/service=([\w-]+)/.exec(path)?.[1]}-advertisement` },
    body: packet(`ERR ${echo({ path, ...request })}`),
  }),
  'a line that is none': ({ path, ...request }) => ({
    status: 200,
    headers: { 'content-type': `application/x-${/service=([\w-]+)/.exec(path)?.[1]}-advertisement` },
    body: packet(echo({ path, ...request })),
  }),
}

describe.concurrent('a server that repeats what it was told', () => {
  it.each(Object.entries(TALKATIVE))('gives nothing away: %s', async (_, answer) => {
    await using server = await startHttpBackend({ root: pair.folder, answer })
    const address = `${server.url}/source.git`
    const step = await runStep({ source: address, destination: `${server.url}/destination.git` })
    expect(server.requests.some(({ headers }) => headers.authorization !== undefined)).toBe(true)
    expectSilence(step)
    const withUserinfo = `http://me:${encodeURIComponent(urlPassword)}@127.0.0.1:${server.port}/x.git?private_token=${query}`
    expectSilence(
      await runStep({ source: withUserinfo, destination: withUserinfo.replace('/x.git', '/y.git') }),
    )
    const command = await runCommand([address, `${server.url}/destination.git`])
    expect(search.searchCommand(command)).toEqual([])
    expect(command.exitCode).toBe(1)
  })

  it('gives nothing away: a hook', async () => {
    await using mine = await makePair()
    const { forms } = search.plants.find(({ name }) => name === 'destination-token')!
    const leak = forms.filter((form) => !/^[0-9a-f]+$/.test(form)).join('\n')
    await writeHook(mine.destination, 'pre-receive', [`printf '%s\\n' "$LEAK" >&2`, 'exit 1'])
    await using server = await startHttpBackend({ root: mine.folder, env: { LEAK: leak } })
    const destination = `${server.url}/destination.git`
    expectSilence(await runStep({ source: mine.source, destination }))
    const command = await runCommand([mine.source, destination])
    expect(search.searchCommand(command)).toEqual([])
    expect(command.exitCode).toBe(1)
  })

  it('gives nothing away: a cut in the middle', async () => {
    await using server = await startHttpBackend({ root: pair.folder, cutAfter: 30 })
    expectSilence(await runStep({ source: `${server.url}/source.git`, retries: '1' }))
  })

  it('gives nothing away: a proxy', async () => {
    await using proxy = await startRawServer((socket) =>
      socket.once('data', (head) => {
        const login = /proxy-authorization: (.*)/i.exec(head.toString())?.[1] ?? ''
        const words = `${login} ${Buffer.from(login.slice(6), 'base64').toString()}`
        socket.end(`HTTP/1.1 407 ${words}\r\nX: ${words}\r\n\r\n${words}`)
      }),
    )
    const address = `http://puser:${encodeURIComponent(proxyPassword)}@127.0.0.1:${proxy.port}`
    const env = { https_proxy: address, http_proxy: address }
    const step = await runStep({ source: 'https://git.example.org/x.git' }, env)
    expectSilence(step)
    expect(step.errors.join('\n')).toContain('https_proxy')
    expect(step.masks).toContain(proxyPassword)
    expect(step.masks).toContain(Buffer.from(`puser:${proxyPassword}`).toString('base64'))
    expectSilence(await runStep({ source: 'http://git.example.org/x.git' }, env))
    const refused = { https_proxy: `http://puser:${encodeURIComponent(proxyPassword)}@127.0.0.1:1` }
    expectSilence(await runStep({ source: 'https://git.example.org/x.git' }, refused))
    const wrong = { https_proxy: `socks5://puser:${encodeURIComponent(proxyPassword)}@127.0.0.1:1` }
    expectSilence(await runStep({ source: 'https://git.example.org/x.git' }, wrong))
  })
})

describe.skipIf(sshdMissing())('ssh', { concurrent: true }, () => {
  it('gives nothing away: a key that is not let in, a wrong passphrase, an unknown host', async () => {
    const { url, knownHosts } = sshd!
    const refused = await runStep({ source: url(pair.source), 'ssh-known-hosts': knownHosts })
    expectSilence(refused)
    expect(refused.errors.join('\n')).toContain('does not accept the ssh key')
    const locked = await runStep({ destination: url(pair.destination) })
    expectSilence(locked)
    expect(locked.errors.join('\n')).toContain('does not accept the ssh key')
    expectSilence(
      await runStep({ destination: url(pair.destination), 'destination-ssh-passphrase': `${passphrase}x` }),
    )
    const [, type, key] = knownHosts.split(' ')
    const unknown = await runStep({
      source: url(pair.source),
      'ssh-known-hosts': `elsewhere.example ${type} ${key!.trim()} ${comment}`,
    })
    expectSilence(unknown)
    expect(unknown.errors.join('\n')).toContain('is not known')
    const garbage = await runStep({ source: url(pair.source), 'ssh-known-hosts': `${comment} ${comment}` })
    expectSilence(garbage)
    expect(garbage.errors.join('\n')).toContain('ssh-known-hosts, line 1')
  })

  it('gives nothing away: keys that are cut, and keys in the place of others', async () => {
    const source = sshd!.url(pair.source)
    const cut = keys.plain.slice(0, -60)
    expectSilence(await runStep({ source, 'source-ssh-key': cut }))
    expectSilence(await runStep({ source, 'source-ssh-key': keys.locked }))
    expectSilence(await runStep({ source, 'source-ssh-key': keys.plain.replaceAll('\n', '\\n').slice(9) }))
    expectSilence(await runStep({ source, 'source-ssh-key': sourceToken }))
    expectSilence(
      await runStep({ source, 'source-ssh-key': keys.locked, 'source-ssh-passphrase': sourceToken }),
    )
  })

  it('sends the server no variable but the protocol', async () => {
    const file = join(folder.path, 'env-of-ssh')
    const forceCommand = `env >> '${file}'; exec sh -c "$SSH_ORIGINAL_COMMAND"`
    await using open = await startSshd({ forceCommand, config: ['AcceptEnv *'] })
    const key = { 'source-ssh-key': open.clientKey.privateKey, 'ssh-known-hosts': open.knownHosts }
    const result = await runStep({ source: open.url(pair.source), 'dry-run': 'true', ...key })
    expectSilence(result, 0)
    const env = await readFile(file, 'utf8')
    expect(env).toContain('GIT_PROTOCOL=version=2')
    expect(search.search({ env })).toEqual([])
    expect(env).not.toMatch(/INPUT_|GITHUB_/)
  })
})

const encoded = encodeURIComponent(urlPassword)
const ODD_ADDRESSES: readonly string[] = [
  `https://me:${encoded}@127.0.0.1:99999/x.git`,
  `https://me:${encoded}@/x.git`,
  `https://me:${encoded}@ho st/x.git`,
  `https://me:${encoded}@127.0.0.1:1`,
  `https:/me:${encoded}@127.0.0.1:1/x.git`,
  `https:me:${encoded}@127.0.0.1:1/x.git`,
  `me:${encoded}@127.0.0.1/x.git`,
  `ssh://me:${encoded}@127.0.0.1/x.git`,
  `git://me:${encoded}@127.0.0.1/x.git`,
  `ftp://me:${encoded}@127.0.0.1/x.git`,
  `file://me:${encoded}@127.0.0.1/x.git`,
  `ext::https://me:${encoded}@127.0.0.1/x.git`,
  `https://me:${encoded}@127.0.0.1:1/x.git#fragment`,
  `https://me:%zz${encoded}@127.0.0.1:1/x.git`,
  ` https://me:${encoded}@127.0.0.1:1/x.git/../../..`,
  `http://127.0.0.1:1/x.git?access_token=${query}`,
  `//me:${encoded}@127.0.0.1:1/x.git`,
]

describe.concurrent('an address that holds a password', () => {
  it.each([...ODD_ADDRESSES.entries()])('is never repeated: %i', async (index, address) => {
    const destination = `${pair.destination}\n${address}`
    const side = index % 3 === 0 ? { destination, 'dry-run': 'true' } : { source: address }
    expectSilence(await runStep({ ...side, retries: '0' }))
  })

  it('is not repeated for its neighbours', async () => {
    expectSilence(await runStep({ 'source-username': `me:${urlPassword}`, source: 'http://127.0.0.1:1/x' }))
    const twice = `https://me:${encoded}@127.0.0.1:1/x\nhttps://me:${encoded}@127.0.0.1:1/x`
    expectSilence(await runStep({ destination: twice }))
    expectSilence(await runStep({ source: twice.split('\n')[0]!, destination: twice.split('\n')[0]! }))
  })
})

describe('what others can see', () => {
  it('is nothing when a run is ended by a signal', async () => {
    await using server = await startHttpBackend({
      root: pair.folder,
      answer: () => ({ status: 200, silent: true }),
    })
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      await using running = await startAction({
        inputs: withSecrets({ source: `${server.url}/source.git` }),
        env: secretEnv,
      })
      await running.waitFor('Listing')
      running.kill(signal)
      const result = await running.done
      expectSilence(result)
      expect(result.errors.join('\n')).toContain('Cancelled')
    }
  })

  it.skipIf(process.platform !== 'linux')(
    'is nothing of the children: their arguments, environment, hooks',
    async () => {
      await using mine = await makePair()
      const path = join(folder.path, 'spy')
      await mkdir(path)
      const spy = await makeSpyGit(path)
      const dump = `tr '\\0' '\\n' < /proc/$$/environ >> '${join(path, 'seen')}'; echo '-- hook' >> '${join(path, 'seen')}'`
      await writeHook(mine.destination, 'pre-receive', [dump])
      const PATH = `${path}:${process.env['PATH']}`
      const result = await runStep({ source: mine.source, destination: mine.destination }, { PATH })
      expectSilence(result, 0)
      const args = [mine.source, mine.destination, '--refs=refs/heads/*:refs/heads/copy/*']
      const command = await runCommand(args, { PATH })
      expect(search.searchCommand(command)).toEqual([])
      expect(command.exitCode, command.stderr).toBe(0)
      const seen = await spy.seen()
      expect(seen.match(/^upload-pack$/gm)!.length).toBeGreaterThan(1)
      expect(seen).toContain('receive-pack')
      expect(seen.match(/^-- hook$/gm)).toHaveLength(2)
      expect(search.search({ children: seen })).toEqual([])
      expect(seen).not.toMatch(/^(INPUT_|GITHUB_|ACTIONS_|KALANDRA_)/m)
    },
  )

  it('are masks before the first other line', async () => {
    const result = await runStep({})
    const lines = result.stdout.split('\n')
    const first = lines.findIndex((line) => !line.startsWith('::add-mask::'))
    expect(lines.slice(first).filter((line) => line.startsWith('::add-mask::'))).toEqual([])
    for (const secret of [sourceToken, destinationToken, passphrase.trim(), workflowToken]) {
      expect(result.masks).toContain(secret)
      expect(result.masks).toContain(encodeURIComponent(secret))
    }
    for (const line of keys.plain.split('\n').filter((text) => text.length > 40))
      expect(result.masks).toContain(line)
    expect(result.masks).toContain(Buffer.from(`mé:${destinationToken}`).toString('base64'))
  })
})
