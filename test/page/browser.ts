import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium } from 'playwright-core'
import { findProgram, requireServer } from '../support/servers/require-server.ts'

/** Debian's package `chromium`, or the program that CHROMIUM names. */
export const BROWSER_MISSING = process.env['CHROMIUM'] === undefined ? requireServer('chromium') : undefined

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export interface Look {
  readonly width?: number
  readonly height?: number
  readonly isDark?: boolean
  readonly hasScripts?: boolean
  /** The token, as the password of the page. */
  readonly token?: string | undefined
}

export interface Browser extends AsyncDisposable {
  open(look?: Look): Promise<BrowserContext>
}

export async function startBrowser(): Promise<Browser> {
  const folder = mkdtempSync(join(tmpdir(), 'kalandra-browser-'))
  const browser = await chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? findProgram('chromium')!,
    args: FLAGS,
    env: { ...process.env, HOME: folder },
  })
  return {
    open: async ({ width = 1280, height = 800, isDark = false, hasScripts = true, token } = {}) =>
      await browser.newContext({
        viewport: { width, height },
        colorScheme: isDark ? 'dark' : 'light',
        javaScriptEnabled: hasScripts,
        ...(token === undefined
          ? {}
          : { httpCredentials: { username: 'me', password: token, send: 'always' as const } }),
      }),
    async [Symbol.asyncDispose]() {
      await browser.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
