import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { MirrorError } from '../../base/errors.ts'
import { printableLine } from '../../base/printable.ts'
import { makeGlobMatcher } from '../discover/filter.ts'
import type { ReportFile } from '../report/join-reports.ts'

/** Folders below the one where a pattern begins. */
const MOST_DEPTH = 8

/**
 * Reads the reports that paths and globs name.
 * @throws MirrorError `usage` for one that names nothing: a report that stays away is a failure
 */
export async function readReportFiles(
  patterns: readonly string[],
  folder: string = process.cwd(),
): Promise<readonly ReportFile[]> {
  const paths = new Set<string>()
  for (const pattern of patterns) {
    const found = /[*?[{]/.test(pattern) ? await findFiles(pattern, folder) : [pattern]
    if (found.length === 0) throw missingFile(pattern, 'there is no such file')
    for (const path of found) paths.add(path)
  }
  return [...paths].map((path) => readFile(path, folder))
}

function readFile(path: string, folder: string): ReportFile {
  try {
    return {
      name: printableLine(path, 300),
      text: readFileSync(resolve(folder, path), 'utf8'),
    }
  } catch (thrown) {
    const { code = 'no reason given' } = thrown as NodeJS.ErrnoException
    throw missingFile(path, `the file can't be read (${code})`)
  }
}

function missingFile(path: string, problem: string): MirrorError {
  return new MirrorError(`${printableLine(path, 300)}: ${problem}`, {
    code: 'usage',
    hint: 'Give the files that rounds wrote; where one is missing, its shard failed.',
  })
}

async function findFiles(pattern: string, folder: string): Promise<readonly string[]> {
  const plain = pattern.replaceAll('\\', '/').replace(/^\.\//, '')
  const matches = await makeGlobMatcher([plain])
  const start = plain.replace(/[^/]*[*?[{].*$/s, '').replace(/\/$/, '')
  const found: string[] = []
  const walk = (below: string, depth: number): void => {
    for (const entry of listFolder(resolve(folder, below))) {
      const path = below === '' ? entry.name : `${below}/${entry.name}`
      if (entry.isDirectory() && depth < MOST_DEPTH) walk(path, depth + 1)
      else if (entry.isFile() && matches(path)) found.push(path)
    }
  }
  walk(start, 0)
  return found.toSorted()
}

function listFolder(path: string) {
  try {
    return readdirSync(path, { withFileTypes: true })
  } catch {
    return []
  }
}
