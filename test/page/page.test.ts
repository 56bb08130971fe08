import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTransfers } from '../serve/load/transfers.ts'
import { makeSetting, type Serving, startServing, TOKEN, until } from '../serve/serving.ts'
import { makeTempFolder, type TempFolder } from '../support/temp.ts'
import { type Browser, BROWSER_MISSING, type Look, startBrowser } from './browser.ts'
import { startSilentServer, writeFleet } from './fleet-fixture.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What a checker of accessibility finds, as `rule: place`. The page's own policy lets no script of others in: it is run from outside. */
async function findBarriers(page: Page): Promise<readonly string[]> {
  return await page.evaluate(`(async () => {
    ${AXE}
    const { violations } = await axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
      // Where what is right stands, nobody asks: with 2,000 mirrors that takes longer than to look at it.
      resultTypes: ['violations'],
      selectors: false,
    })
    return violations.flatMap(({ id, nodes }) => nodes.slice(0, 3).map(({ html }) => id + ': ' + html.slice(0, 200)))
  })()`)
}

async function isTooWide(page: Page): Promise<boolean> {
  return await page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth')
}

let browser: Browser
beforeAll(async () => {
  if (BROWSER_MISSING === undefined) browser = await startBrowser()
}, 60_000)
afterAll(async () => {
  await browser?.[Symbol.asyncDispose]()
})

describe.skipIf(BROWSER_MISSING !== undefined)('the page', () => {
  let silent: Awaited<ReturnType<typeof startSilentServer>>
  let folder: TempFolder
  let serving: Serving
  beforeAll(async () => {
    silent = await startSilentServer()
    folder = await makeTempFolder()
    serving = await startServing(writeFleet(folder.path, 20, silent.url))
    await serving.call('POST', '/sync/acme/api')
  }, 60_000)
  afterAll(async () => {
    await serving[Symbol.asyncDispose]()
    await silent[Symbol.asyncDispose]()
    await folder[Symbol.asyncDispose]()
  })

  async function visit(
    path: string,
    look: Look = {},
    server = serving,
  ): Promise<{ readonly page: Page; readonly context: BrowserContext; readonly errors: string[] }> {
    const context = await browser.open({ token: TOKEN, ...look })
    const page = await context.newPage()
    const errors: string[] = []
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text())
    })
    page.on('pageerror', (error) => errors.push(error.message))
    await page.goto(`${server.url}${path}`)
    return { page, context, errors }
  }

  it('has what failed first, with error and remedy, and what runs', async () => {
    const { page, context, errors } = await visit('/')
    const rows = await page.locator('tbody tr').allInnerTexts()
    expect(rows).toHaveLength(20)
    expect(rows[0]).toContain('acme/website')
    expect(rows[0]).toContain('failed')
    expect(rows[0]).toContain('Add the public key as a deploy key')
    expect(rows[1]).toContain('acme/sdk-python')
    expect(await page.locator('section .now').innerText()).toContain('acme/api')
    expect(await page.locator('tbody tr').first().locator('time').first().getAttribute('title')).toMatch(
      /^\d{4}-\d\d-\d\d .* UTC$/,
    )
    expect(errors).toEqual([])
    await context.close()
  })

  it.each([
    ['light', {}],
    ['dark', { isDark: true }],
    ['narrow', { width: 375, height: 700 }],
    ['narrow and dark', { width: 375, height: 700, isDark: true }],
    ['very narrow', { width: 320, height: 600 }],
  ] as const)(
    'bars nobody and is not too wide: %s',
    async (_, look) => {
      const { page, context } = await visit('/', look)
      for (const path of [
        '/',
        '/page/mirrors/acme/website',
        '/page/mirrors/acme/charts',
        '/?status=failed',
        '/?q=nothing-like-it',
      ]) {
        if (path !== '/') await page.goto(`${serving.url}${path}`)
        expect([path, await findBarriers(page)]).toEqual([path, []])
        expect([path, await isTooWide(page)]).toEqual([path, false])
      }
      await context.close()
    },
    120_000,
  )

  it('breaks no word of a button or a heading where it is narrow', async () => {
    const { page, context } = await visit('/', { width: 375 })
    const heights = await page
      .locator('tbody button')
      .evaluateAll((buttons) => buttons.map((button) => button.getBoundingClientRect().height))
    expect(heights.length).toBeGreaterThan(10)
    expect(Math.max(...heights)).toBeLessThan(50)
    expect((await page.locator('thead th').first().boundingBox())!.height).toBeLessThan(90)
    await context.close()
  })

  it('finds by words and by status', async () => {
    const { page, context } = await visit('/')
    await page.getByLabel('Find').fill('sdk')
    await page.getByRole('button', { name: 'Show', exact: true }).click()
    await page.waitForURL(/q=sdk/)
    expect(await page.locator('tbody tr').count()).toBe(2)
    await page.getByRole('link', { name: /paused/ }).click()
    expect(await page.locator('tbody tr th').allInnerTexts()).toEqual([
      expect.stringContaining('acme/charts'),
    ])
    await context.close()
  })

  it('is worked by keyboard: the way to a button, what it does, and where the focus is', async () => {
    const { page, context } = await visit('/page/mirrors/acme/kernel')
    await page.getByRole('button', { name: 'Pause' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Resume' }).waitFor()
    expect(await page.locator('.status').innerText()).toContain('paused')
    expect(await page.getByRole('button', { name: 'Sync now' }).isDisabled()).toBe(true)
    await page.keyboard.press('Tab')
    const seen = await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')
    expect(seen).toBe('solid')
    await page.getByRole('button', { name: 'Resume' }).click()
    await page.getByRole('button', { name: 'Pause' }).waitFor()
    await context.close()
  })

  it('shows what changes without being loaded again, and keeps the focus', async () => {
    const { page, context } = await visit('/')
    const { page: other, context: second } = await visit('/page/mirrors/acme/docs')
    const link = page.getByRole('link', { name: 'acme/blog', exact: true })
    await link.focus()
    // An attempt before this one may have ended in between.
    const resume = other.getByRole('button', { name: 'Resume' })
    if ((await resume.count()) > 0) await resume.click()
    await other.getByRole('button', { name: 'Pause' }).click()
    await page.locator('tr.paused', { hasText: 'acme/docs' }).waitFor({ timeout: 40_000 })
    expect(await page.evaluate('document.activeElement.textContent')).toBe('acme/blog')
    await other.getByRole('button', { name: 'Resume' }).click()
    await page.locator('tr.well', { hasText: 'acme/docs' }).waitFor({ timeout: 40_000 })
    await Promise.all([context.close(), second.close()])
  }, 120_000)

  it('shows what changed before its stream of events was open', async () => {
    const { page, context } = await visit('/')
    const { page: other, context: second } = await visit('/page/mirrors/acme/mobile')
    let open = (): void => undefined
    const isOpen = new Promise<void>((resolve) => (open = resolve))
    await page.route('**/page/events', async (route) => {
      await isOpen
      await route.continue()
    })
    await page.reload({ waitUntil: 'domcontentloaded' })
    await other.getByRole('button', { name: /Pause|Resume/ }).click()
    await other.getByRole('button', { name: /Pause|Resume/ }).waitFor()
    const wanted =
      (await other.getByRole('button', { name: 'Resume' }).count()) > 0 ? 'tr.paused' : 'tr:not(.paused)'
    open()
    await page.locator(wanted, { hasText: 'acme/mobile' }).waitFor({ timeout: 40_000 })
    await other.getByRole('button', { name: /Pause|Resume/ }).click()
    await Promise.all([context.close(), second.close()])
  }, 120_000)

  it('asks for the token, and tells a browser without the right one nothing', async () => {
    await expect(visit('/', { token: undefined })).rejects.toThrow('ERR_INVALID_AUTH_CREDENTIALS')
    const { page, context } = await visit('/', { token: 'a-token-that-is-wrong' })
    expect(await page.content()).toContain('the token is missing or wrong')
    expect(await page.content()).not.toContain('acme')
    await context.close()
  })

  it('asks again by itself where no scripts run, and works there', async () => {
    const { page, context } = await visit('/page/mirrors/acme/mobile', { hasScripts: false })
    expect(await page.locator('noscript meta').getAttribute('content')).toBe('15')
    await page.getByRole('button', { name: 'Pause' }).click()
    await page.getByRole('button', { name: 'Resume' }).click()
    await page.getByRole('button', { name: 'Pause' }).waitFor()
    await context.close()
  })

  it('draws the last runs', async () => {
    const { page, context } = await visit('/page/mirrors/acme/website')
    expect(await page.locator('svg.chart').count()).toBe(2)
    expect(await page.locator('svg.chart').first().locator('g.failed').count()).toBe(2)
    expect(await page.getByRole('img', { name: /^Duration, at most/ }).count()).toBe(1)
    expect(await page.locator('section table').first().locator('tbody tr').count()).toBe(20)
    await context.close()
  })
})

describe.skipIf(BROWSER_MISSING !== undefined)('a page of', () => {
  it.each([
    [0, 'some'],
    [20, 'all'],
    [2000, 'some'],
  ] as const)(
    '%i mirrors of which %s have failed is small and bars nobody',
    async (count, failures) => {
      await using silent = await startSilentServer()
      await using folder = await makeTempFolder()
      await using serving = await startServing(writeFleet(folder.path, count, silent.url, failures))
      const answer = await serving.call('GET', '/')
      expect(answer.text.length).toBeLessThan(1_000_000)
      for (const isDark of [false, true]) {
        const context = await browser.open({ token: TOKEN, width: 375, isDark })
        const page = await context.newPage()
        await page.goto(serving.url)
        await until(async () => (await page.locator('h1').innerText()) === 'Mirrors')
        expect(await page.locator('tbody tr').count()).toBe(count)
        if (failures === 'all') expect(await page.locator('tbody small.remedy').count()).toBe(count - 1)
        expect(await isTooWide(page)).toBe(false)
        if (!isDark || count < 2000) expect(await findBarriers(page)).toEqual([])
        await context.close()
      }
    },
    900_000,
  )

  it('a mirror that sends shows its phase and its bytes grow, without being loaded again', async () => {
    await using setting = await makeSetting([])
    await using transfers = await startTransfers(1, { bytes: 2_000_000, bytesPerSecond: 20_000 })
    await using serving = await startServing(
      await setting.configure({ server: '  stop-grace: 0s\n', mirrors: transfers.mirrors }),
    )
    const context = await browser.open({ token: TOKEN })
    const page = await context.newPage()
    await page.goto(serving.url)
    await page.evaluate('window.isTheSame = true')
    await page.getByRole('button', { name: 'Sync t0' }).click()
    await page.waitForURL(serving.url)
    await page.evaluate('window.isTheSame = true')
    const readBytes = async (): Promise<number> => {
      const text = (await page.locator('.now li').allInnerTexts())[0] ?? ''
      const [, amount = '', unit = ''] = /([\d.,]+) (bytes|kB|KB|MB)/.exec(text) ?? []
      return Number(amount.replace(',', '')) * ({ bytes: 1, kB: 1e3, KB: 1e3, MB: 1e6 }[unit] ?? 0)
    }
    await until(async () => (await readBytes()) > 0, 'bytes on the page')
    const first = await readBytes()
    await until(async () => (await readBytes()) > first, 'more bytes on the page')
    expect(await page.locator('tbody tr.running').count()).toBe(1)
    expect(await page.evaluate('window.isTheSame')).toBe(true)
    await context.close()
  }, 120_000)
})
