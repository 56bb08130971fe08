// Tests that a file declared, with the hooks around them.

/** Where tests are declared while a file loads. */
export class Collector {
  #suite
  #path
  /** @type {{ name: string, run: () => Promise<void> }[]} */
  tests = []

  begin(file) {
    this.tests = []
    this.#path = [file]
    this.#suite = newSuite(undefined)
  }

  addSuite(name, body) {
    const [suite, path] = [this.#suite, this.#path]
    this.#suite = newSuite(suite)
    this.#path = [...path, name]
    const ended = body()
    if (ended instanceof Promise) throw new Error(`an asynchronous describe: ${this.#path.join(' > ')}`)
    this.#suite = suite
    this.#path = path
  }

  addTest(name, body) {
    const suite = this.#suite
    this.tests.push({ name: [...this.#path, name].join(' > '), run: () => runTest(suite, body) })
  }

  addHook(kind, body) {
    this.#suite[kind].push(body)
  }
}

function newSuite(parent) {
  return { parent, begun: undefined, beforeAll: [], afterAll: [], beforeEach: [], afterEach: [] }
}

function outermostFirst(suite) {
  return suite === undefined ? [] : [...outermostFirst(suite.parent), suite]
}

async function runTest(suite, body) {
  const suites = outermostFirst(suite)
  for (const one of suites) await (one.begun ??= all(one.beforeAll))
  try {
    for (const one of suites) await all(one.beforeEach)
    await body()
  } finally {
    for (const one of suites.toReversed()) await all(one.afterEach)
  }
}

async function all(hooks) {
  for (const hook of hooks) await hook()
}
