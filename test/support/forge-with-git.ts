import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Forge, type ForgeState, startForge, TOKEN } from './fake-forges.ts'
import type { FakeHost, HostReply, HostRequest } from './fake-host.ts'
import { makeBareRepository } from './git.ts'
import { startHttpBackend } from './http-backend.ts'
import { addCommits } from './repositories.ts'
import { makeTempFolder } from './temp.ts'

/** A host as its users meet it: an API that a test made up, and real git over http where its repository is. */
export interface ForgeWithGit extends AsyncDisposable {
  readonly host: FakeHost
  readonly state: ForgeState
  /** Its repository, which is there once the API has made it. */
  readonly destination: string
  /** A bare repository with three commits on main. */
  readonly source: string
  readonly inputs: Readonly<Record<string, string>>
  /** As `FakeHost.intercept`, and what the API answers itself still reaches the repository. */
  intercept(reply: ((request: HostRequest) => HostReply | undefined) | undefined): void
  /** Makes the repository without the API, as another runner does. */
  make(): void
  /** A rule of the host forbids forced pushes to main. */
  protect(): void
}

/** GitLab refuses a push as a whole; Gitea and others each ref. Both say why before. */
const PRE_RECEIVE = `#!/bin/sh
while read old new ref; do
  [ "$ref" = refs/heads/main ] || continue
  case "$old$new" in *0000000000000000000000000000000000000000*) continue ;; esac
  git merge-base --is-ancestor "$old" "$new" && continue
  [ -e force-allowed ] && continue
  echo "GitLab: You are not allowed to force push code to a protected branch on this project." >&2
  exit 1
done
`

/** Starts one, with no repository yet. */
export async function startForgeWithGit(forge: Forge): Promise<ForgeWithGit> {
  const stack = new AsyncDisposableStack()
  try {
    const { path: folder } = stack.use(await makeTempFolder())
    const { path: source } = await makeBareRepository({ parent: folder, name: 'source.git' })
    await addCommits(source, 3)
    const { host, state } = await startForge(forge)
    stack.use(host)
    const root = join(folder, 'host')
    const destination = join(root, decodeURIComponent(forge.address))
    const git = (...args: readonly string[]): void => void execFileSync('git', args, { stdio: 'ignore' })
    const make = (): void => {
      if (existsSync(destination)) return
      git('init', '--bare', '--initial-branch=main', destination)
      git('-C', destination, 'config', 'http.receivepack', 'true')
      const hook = join(destination, 'hooks', 'pre-receive')
      writeFileSync(hook, PRE_RECEIVE)
      chmodSync(hook, 0o755)
      writeFileSync(join(destination, 'force-allowed'), '')
      state.exists = true
    }
    const { answer } = forge
    const keepRule = (): void => {
      const allowed = join(destination, 'force-allowed')
      if (state.rules['main'] === false) rmSync(allowed, { force: true })
      else writeFileSync(allowed, '')
    }
    /** What the API has answered is done in the repository, too. */
    const follow = (request: HostRequest): HostReply | undefined => {
      const reply = answer(request, state)
      if (state.exists) make()
      const branch = state.defaultBranch
      // Only where it changes: the run may write there at the same time.
      const head = existsSync(destination)
        ? readFileSync(join(destination, 'HEAD'), 'utf8').trim()
        : undefined
      if (branch !== undefined && head !== undefined && head !== `ref: refs/heads/${branch}`)
        git('-C', destination, 'symbolic-ref', 'HEAD', `refs/heads/${branch}`)
      if (existsSync(destination)) keepRule()
      return reply
    }
    const [header, value] = forge.login
    const intercept: ForgeWithGit['intercept'] = (spoil) =>
      host.intercept((request) => {
        const spoiled = spoil?.(request)
        if (spoiled !== undefined) return spoiled
        return request.headers[header] === value ? follow(request) : undefined
      })
    intercept(undefined)
    const backend = stack.use(
      await startHttpBackend({ root, auth: { username: 'x-access-token', password: TOKEN } }),
    )
    const inputs = {
      source,
      'source-token': '',
      destination: `${backend.url}${forge.address}`,
      'destination-token': TOKEN,
      'host-kind': forge.kind,
      'host-api': `${host.origin}${forge.api}`,
    }
    const owned = stack.move()
    return {
      host,
      state,
      destination,
      source,
      inputs,
      intercept,
      make,
      protect() {
        state.rules['main'] = false
        keepRule()
      },
      [Symbol.asyncDispose]: () => owned.disposeAsync(),
    }
  } catch (error) {
    await stack.disposeAsync()
    throw error
  }
}
