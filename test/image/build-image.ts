import { execFile } from 'node:child_process'
import {
  chmodSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const ROOT = join(import.meta.dirname, '../..')

export interface Ran {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

export interface RunOptions {
  readonly name: string
  readonly args: readonly string[]
  readonly env?: readonly string[]
  /** Default: 65532. */
  readonly uid?: number
  /** Default: true. */
  readonly hasTmp?: boolean
  /** Folders of this machine by where they are mounted, read only. */
  readonly mounts?: Readonly<Record<string, string>>
}

/** A container that the Containerfile of the repository makes, on a base of the same layout as the real one. */
export class TestImage {
  readonly folder: string
  /** Containers; a test that is run again starts others. */
  #started = 0

  constructor(folder: string) {
    this.folder = folder
  }

  /** Builds base and image. @returns the id of the image */
  async build(): Promise<string> {
    await this.#makeBase()
    const id = await this.buildAgain()
    await this.buildah('push', 'localhost/kalandra:test', `oci:${this.folder}/layout:test`)
    await run('umoci', ['unpack', '--image', `${this.folder}/layout:test`, `${this.folder}/bundle`])
    return id
  }

  async buildAgain(): Promise<string> {
    const args = ['--build-arg', 'BASE=localhost/kalandra-base', '--build-arg', 'VERSION=1.2.3']
    await this.buildah(
      'bud',
      '--isolation',
      'chroot',
      '--no-cache',
      '--timestamp',
      '0',
      ...args,
      '-f',
      join(ROOT, 'Containerfile'),
      '-t',
      'localhost/kalandra:test',
      ROOT,
    )
    return (
      await this.buildah('images', '--no-trunc', '--format', '{{.ID}}', 'localhost/kalandra:test')
    ).trim()
  }

  async buildah(...args: readonly string[]): Promise<string> {
    const store = [
      '--root',
      `${this.folder}/storage`,
      '--runroot',
      `${this.folder}/run`,
      '--storage-driver',
      'vfs',
    ]
    const { stdout } = await run('buildah', [...store, ...args], { maxBuffer: 64 * 1024 * 1024 })
    return stdout
  }

  /** Bytes of all layers as they travel. */
  get compressedBytes(): number {
    const { layers } = this.#manifest
    return layers.reduce((sum, { size }) => sum + size, 0)
  }

  get labels(): Readonly<Record<string, string>> {
    return this.#readBlob(this.#manifest.config.digest).config.Labels
  }

  get #manifest() {
    const index = JSON.parse(readFileSync(join(this.folder, 'layout/index.json'), 'utf8'))
    return this.#readBlob(index.manifests[0].digest) as {
      readonly config: { readonly digest: string }
      readonly layers: readonly { readonly size: number }[]
    }
  }

  #readBlob(digest: string) {
    return JSON.parse(readFileSync(join(this.folder, 'layout/blobs', digest.replace(':', '/')), 'utf8'))
  }

  get config() {
    return JSON.parse(readFileSync(join(this.folder, 'bundle/config.json'), 'utf8'))
  }

  /** Starts a container on the network of this machine, with a root that nothing can be written to and no capabilities. */
  start({ name, args, env = [], uid = 65532, hasTmp = true, mounts = {} }: RunOptions) {
    const config = this.config
    const number = ++this.#started
    const bundle = join(this.folder, `${name}-${number}`)
    mkdirSync(bundle)
    config.process.terminal = false
    // The entrypoint of the image, and what stands in place of its command.
    config.process.args = [...config.process.args.slice(0, 3), ...args]
    config.process.user = { uid, gid: uid }
    config.process.env = [...config.process.env.filter((one: string) => !one.startsWith('HOME=')), ...env]
    config.process.noNewPrivileges = true
    config.process.capabilities = { bounding: [], effective: [], permitted: [], inheritable: [], ambient: [] }
    config.root = { path: join(this.folder, 'bundle/rootfs'), readonly: true }
    config.linux.namespaces = config.linux.namespaces.filter(
      ({ type }: { readonly type: string }) => !/^(network|cgroup)$/.test(type),
    )
    config.mounts = config.mounts.filter(
      ({ destination }: { readonly destination: string }) => destination !== '/tmp',
    )
    if (hasTmp)
      config.mounts.push({
        destination: '/tmp',
        type: 'tmpfs',
        source: 'tmpfs',
        options: ['nosuid', 'nodev', 'noexec', 'mode=1777'],
      })
    for (const [destination, source] of Object.entries(mounts))
      config.mounts.push({ destination, type: 'bind', source, options: ['rbind', 'ro'] })
    writeFileSync(join(bundle, 'config.json'), JSON.stringify(config))
    const id = `kalandra-test-${process.pid}-${name}-${number}`
    const runc = ['--root', `${this.folder}/runc`]
    const ended = new Promise<Ran>((resolve) => {
      execFile('runc', [...runc, 'run', '--bundle', bundle, id], (error, stdout, stderr) => {
        resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr })
      })
    })
    return { ended, kill: async (signal: string) => void (await run('runc', [...runc, 'kill', id, signal])) }
  }

  async run(options: RunOptions): Promise<Ran> {
    return await this.start(options).ended
  }

  /** Node as the real base has it, the libraries that it needs, and nothing else: no shell. */
  async #makeBase(): Promise<void> {
    const base = join(this.folder, 'base')
    const rootfs = join(base, 'rootfs')
    for (const folder of ['nodejs/bin', 'etc/ssl/certs', 'tmp'])
      mkdirSync(join(rootfs, folder), { recursive: true })
    chmodSync(join(rootfs, 'tmp'), 0o1777)
    const node = realpathSync(join(ROOT, 'node_modules/node/bin/node'))
    copyFileSync(node, join(rootfs, 'nodejs/bin/node'))
    await run('strip', ['-s', join(rootfs, 'nodejs/bin/node')])
    const { stdout } = await run('ldd', [node])
    for (const [library] of stdout.matchAll(/\/\S+/g)) {
      mkdirSync(dirname(join(rootfs, library)), { recursive: true })
      copyFileSync(realpathSync(library), join(rootfs, library))
    }
    writeFileSync(join(rootfs, 'etc/nsswitch.conf'), 'hosts: files dns\n')
    cpSync('/etc/ssl/certs/ca-certificates.crt', join(rootfs, 'etc/ssl/certs/ca-certificates.crt'))
    writeFileSync(join(base, 'Containerfile'), 'FROM scratch\nCOPY rootfs/ /\n')
    await this.buildah(
      'bud',
      '--isolation',
      'chroot',
      '--timestamp',
      '0',
      '-f',
      join(base, 'Containerfile'),
      '-t',
      'localhost/kalandra-base',
      base,
    )
  }
}
