import { printUrl } from './address/remote-url.ts'
import type { Remote } from './connection/connection.ts'
import type { RemoteOptions } from './connection/remote-options.ts'

/**
 * The remote for an address. Its transport is loaded when it is first opened: a run over https never loads
 * what ssh needs.
 */
export function openRemote(options: RemoteOptions): Remote {
  let loaded: Promise<Remote> | undefined
  return {
    label: printUrl(options.url),
    mayInsist: options.url.scheme === 'ssh',
    async open(open) {
      loaded ??= loadRemote(options)
      const remote = await loaded
      return await remote.open(open)
    },
    async dispose() {
      const remote = await loaded?.catch(() => undefined)
      await remote?.dispose()
    },
  }
}

async function loadRemote(options: RemoteOptions): Promise<Remote> {
  const { url } = options
  switch (url.scheme) {
    case 'https':
    case 'http':
      return (await import('./http/http-remote.ts')).createHttpRemote(url, options)
    case 'ssh':
      return (await import('./ssh/ssh-remote.ts')).createSshRemote(url, options)
    case 'git':
      return (await import('./daemon.ts')).createDaemonRemote(url, options)
    case 'file':
      return (await import('./local.ts')).createLocalRemote(url, options)
  }
}
