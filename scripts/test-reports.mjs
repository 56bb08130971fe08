// Reads what Vitest's `json` reporter wrote.
import { readFileSync } from 'node:fs'
import { relative } from 'node:path'

/** @returns the files of all reports, each with its path from here. */
export function readReports(paths) {
  const files = paths.flatMap((path) => {
    try {
      return JSON.parse(readFileSync(path, 'utf8')).testResults
    } catch (error) {
      // A run that was ended leaves no report, and the others are worth a list.
      console.error(`${path}: ${error.message}`)
      return []
    }
  })
  return files.map((file) => ({ ...file, name: relative(process.cwd(), file.name) }))
}
