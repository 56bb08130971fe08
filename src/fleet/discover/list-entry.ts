import { readFileSync, statSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import { MirrorError } from '../../base/errors.ts'
import { looksLikeToken } from '../../options/secrets.ts'
import { encodeBasic } from '../../transport/address/credentials.ts'
import { parseRemoteUrl, type RemoteUrl } from '../../transport/address/remote-url.ts'
import { MOST_CONFIG_BYTES } from '../config/read-yaml.ts'
import type { Login } from './login.ts'
import { type ListedRepository, parseList } from './read-list.ts'

export interface ListQuestion {
  /** A path, or an http or https address. */
  readonly where: string
  readonly folder: string
  readonly login: Login
  readonly env: NodeJS.ProcessEnv
  readonly signal: AbortSignal
}

/** The repositories of a list. @throws MirrorError for one that cannot be read, by its place. */
export async function readRepositoryList(question: ListQuestion): Promise<readonly ListedRepository[]> {
  const text = isWeb(question.where) ? await fetchList(question) : readListFile(question)
  const listed = parseList(text)
  for (const { line, source } of listed) checkSource(line, source)
  return listed
}

export function isWeb(where: string): boolean {
  return /^https?:\/\//i.test(where)
}

function readListFile({ where, folder }: ListQuestion): string {
  const path = isAbsolute(where) ? where : join(folder, where)
  try {
    if (statSync(path).size > MOST_CONFIG_BYTES)
      throw new MirrorError('the list is larger than 4 MiB', { code: 'limit' })
    return readFileSync(path, 'utf8')
  } catch (thrown) {
    if (thrown instanceof MirrorError) throw thrown
    const code = (thrown as NodeJS.ErrnoException).code ?? 'no reason given'
    throw new MirrorError(`the list ${where} can't be read (${code})`, { code: 'usage', cause: thrown })
  }
}

async function fetchList({ where, login, env, signal }: ListQuestion): Promise<string> {
  const { createJsonClient } = await import('../../hosts/json-client.ts')
  const { token, username = 'x-access-token' } = login
  const headers = token === undefined ? {} : { authorization: encodeBasic({ username, password: token }) }
  const client = createJsonClient({
    base: new URL(where),
    headers: { accept: '*/*', ...headers },
    env,
    signal,
  })
  try {
    return await client.getText(new URL(where))
  } finally {
    await client.dispose()
  }
}

/** @throws MirrorError for an address that none can be made of, or with a password in it. */
function checkSource(line: number, source: string): void {
  const url: RemoteUrl = parseRemoteUrl(source, `line ${line} of the list`)
  const isHttp = url.scheme === 'http' || url.scheme === 'https'
  if (isHttp && (url.password !== undefined || looksLikeToken(url.username ?? ''))) {
    throw new MirrorError(`line ${line} of the list has a password or token in the address`, {
      code: 'usage',
      hint: 'Put it under `hosts`',
    })
  }
}
