// Makes the pictures of the page for the README: docs/page-light.png and docs/page-mirror-dark.png.
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startBrowser } from '../test/page/browser.ts'
import { startSilentServer, writeFleet } from '../test/page/fleet-fixture.ts'
import { startServing, TOKEN } from '../test/serve/serving.ts'

const MOST_BYTES = 150_000
const docs = process.argv[2] ?? join(import.meta.dirname, '..', 'docs')
const folder = mkdtempSync(join(tmpdir(), 'kalandra-pictures-'))
await using silent = await startSilentServer()
await using serving = await startServing(writeFleet(folder, 12, silent.url))
await serving.call('POST', '/sync/acme/api')
await using browser = await startBrowser()

async function take(name, path, look) {
  const context = await browser.open({ token: TOKEN, width: 1000, height: 640, ...look })
  const page = await context.newPage()
  await page.goto(`${serving.url}${path}`)
  const file = join(docs, name)
  await page.screenshot({ path: file })
  await context.close()
  const { size } = statSync(file)
  if (size > MOST_BYTES) throw new Error(`${name} has ${size} bytes, more than ${MOST_BYTES}`)
}

await take('page-light.png', '/', {})
await take('page-mirror-dark.png', '/page/mirrors/acme/website', { isDark: true, height: 860 })
if (process.argv.includes('--all')) {
  await take('page-narrow.png', '/', { width: 375 })
  await take('page-mirror-narrow.png', '/page/mirrors/acme/website', { width: 375, height: 1200 })
}
rmSync(folder, { recursive: true, force: true })
