import { findGitDirectory, openFolderStore } from './folder-store.ts'
import { guessEndpoint } from '../api/endpoint.ts'
import type { LfsStore } from '../api/store.ts'
import { type OpenStoreOptions, openWebStore } from './web-store.ts'

/**
 * Opens the LFS store of a repository where its clients look for it (git-lfs, "docs/api/server-discovery.md"): over
 * ssh as `git-lfs-authenticate` says, else by `git-lfs-transfer`, else at the guessed address over https.
 * @throws MirrorError
 */
export async function openStore(options: OpenStoreOptions): Promise<LfsStore> {
  const { url } = options.remote
  if (url.scheme === 'file') return openFolderStore(await findGitDirectory(url.path), options.side)
  if (url.scheme === 'ssh') return await (await import('./ssh-store.ts')).openSshStore(url, options)
  return openWebStore(options, guessEndpoint(url)!)
}
