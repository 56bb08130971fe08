import { verify as verifySha256 } from '@octokit/webhooks-methods'
import { Webhook } from 'standardwebhooks'
import type { HookKind, HookLogin } from '../config/settings.ts'
import { isOneOf, readBasic } from '../http/secret-compare.ts'
import type { HookRequest } from './hook.ts'

/** Whether somebody who knows the secret sent it. Nothing of the body has been parsed by then. */
export async function isGenuine(kind: HookKind, request: HookRequest, login: HookLogin): Promise<boolean> {
  switch (kind) {
    case 'github':
      return await isSigned(request, login, request.header('x-hub-signature-256'))
    case 'bitbucket': {
      // Data Center signs, or sends user name and password.
      const signature = request.header('x-hub-signature')
      if (signature === undefined && request.header('authorization') !== undefined)
        return isBasic(request, login)
      return await isSigned(request, login, signature)
    }
    case 'gitea': {
      const bare = request.header('x-forgejo-signature') ?? request.header('x-gitea-signature')
      return await isSigned(request, login, bare === undefined ? undefined : `sha256=${bare}`)
    }
    case 'gitlab':
      return isOfGitlab(request, login)
    case 'azure':
      return isBasic(request, login)
  }
}

function isBasic(request: HookRequest, { username, secrets }: HookLogin): boolean {
  const given = readBasic(request.header('authorization'))
  if (given === undefined) return false
  const isPassword = isOneOf(given.password, secrets)
  return isOneOf(given.username, [username]) && isPassword
}

const SIGNATURE = /^sha256=[0-9a-f]{64}$/

async function isSigned(
  { body }: HookRequest,
  { secrets }: HookLogin,
  signature: string | undefined,
): Promise<boolean> {
  // The library takes an empty body for a mistake of its caller.
  if (signature === undefined || !SIGNATURE.test(signature) || body.length === 0) return false
  // What is no UTF-8 reads as another text, which nobody signed: JSON is UTF-8.
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(body)
  let found = false
  for (const secret of secrets) if (await verifySha256(secret, text, signature)) found = true
  return found
}

/** A signature as Standard Webhooks have it, or the secret itself. */
function isOfGitlab(request: HookRequest, { secrets }: HookLogin): boolean {
  if (request.header('webhook-signature') === undefined) {
    const token = request.header('x-gitlab-token')
    return token !== undefined && isOneOf(token, secrets)
  }
  const headers = Object.fromEntries(
    ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) => [
      name,
      request.header(name) ?? '',
    ]),
  )
  const text = Buffer.from(request.body)
  let found = false
  for (const secret of secrets) if (isStandard(secret, text, headers)) found = true
  return found
}

function isStandard(secret: string, body: Buffer, headers: Record<string, string>): boolean {
  try {
    const isEncoded = secret.startsWith('whsec_')
    const webhook = isEncoded ? new Webhook(secret) : new Webhook(Buffer.from(secret), { format: 'raw' })
    webhook.verify(body, headers, { jsonParse: false })
    return true
  } catch {
    return false
  }
}
