// Loads the modules of the project in another form, and some of them again.
import { readFileSync } from 'node:fs'
import { registerHooks, stripTypeScriptTypes } from 'node:module'
import { join, relative } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

export const ROOT = join(import.meta.dirname, '../..')
const PROJECT = pathToFileURL(`${ROOT}/`).href

export class Modules {
  #texts = new Map()
  #importers = new Map()
  #again = { tag: '', urls: new Set() }

  /**
   * @param translate gives JavaScript for a file (relative to the root) and its text, or nothing: then it is loaded as it is
   * @param instead an address for the name of a package that the project imports
   */
  constructor(translate, instead = {}) {
    this.translate = translate
    this.instead = instead
    registerHooks({
      resolve: (name, context, next) => this.#resolve(name, context, next),
      load: (url, context, next) => this.#load(url, context, next),
    })
  }

  async load(file) {
    return import(this.#tagged(pathToFileURL(join(ROOT, file)).href))
  }

  /** From here on `file`, and all that imports it, loads anew. @returns files that do. */
  loadAgain(file, tag) {
    const urls = new Set()
    const add = (url) => {
      if (urls.has(url)) return
      urls.add(url)
      for (const importer of this.#importers.get(url) ?? []) add(importer)
    }
    add(pathToFileURL(join(ROOT, file)).href)
    this.#again = { tag, urls }
    return new Set([...urls].map(fileOf))
  }

  #tagged(url) {
    return this.#again.urls.has(url) ? `${url}?${this.#again.tag}` : url
  }

  #resolve(name, context, next) {
    const other = isOurs(context.parentURL) ? this.instead[name] : undefined
    if (other !== undefined) return { url: other, shortCircuit: true }
    const resolved = next(name, context)
    if (!isOurs(resolved.url) || !isOurs(context.parentURL)) return resolved
    const importers = this.#importers.get(resolved.url) ?? new Set()
    importers.add(plain(context.parentURL))
    this.#importers.set(resolved.url, importers)
    return { ...resolved, url: this.#tagged(resolved.url) }
  }

  #load(url, context, next) {
    if (!isOurs(url)) return next(url, context)
    const file = fileOf(plain(url))
    let source = this.#texts.get(file)
    if (source === undefined) {
      const text = readFileSync(join(ROOT, file), 'utf8')
      source = this.translate(file, text) ?? stripTypeScriptTypes(text)
      this.#texts.set(file, source)
    }
    return { format: 'module', source, shortCircuit: true }
  }
}

function isOurs(url) {
  return url?.startsWith(PROJECT) === true && !url.includes('/node_modules/') && /\.ts(\?|$)/.test(url)
}

function plain(url) {
  return url.replace(/\?.*$/, '')
}

function fileOf(url) {
  return relative(ROOT, fileURLToPath(url)).replaceAll('\\', '/')
}
