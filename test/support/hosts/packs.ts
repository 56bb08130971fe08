import { runGit } from '../git.ts'
import { makeTempFolder } from '../temp.ts'

/** Whether a pack has deltas against objects that are not in it: what index-pack says without --fix-thin. */
export async function isThin(pack: Buffer): Promise<boolean> {
  await using folder = await makeTempFolder()
  await runGit(folder.path, ['init', '-q', '--bare', '.'])
  const { exitCode, stderr } = await runGit(folder.path, ['index-pack', '--stdin'], { input: pack })
  if (exitCode === 0) return false
  if (/unresolved delta/.test(stderr)) return true
  throw new Error(`not a pack: ${stderr}`)
}
