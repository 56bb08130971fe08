import { type Complaint, ConfigError } from './config-error.ts'
import type { Path, YamlFile } from './read-yaml.ts'

/** Gathers what is wrong with a file, with positions, to tell all of it at once. */
export interface Complaints {
  add(path: Path, text: string, hint?: string): void
  readonly found: boolean
  /** @throws ConfigError when something was added. */
  throwAny(): void
}

export function gatherComplaints(file: Pick<YamlFile, 'name' | 'place'>): Complaints {
  const complaints: Complaint[] = []
  const told = new Set<string>()
  return {
    add(path, text, hint) {
      const place = file.place(path)
      // What `defaults` and `hosts` say is read for each mirror anew.
      const key = `${place.file}:${place.line}:${place.column} ${text}`
      if (told.has(key)) return
      told.add(key)
      complaints.push({ ...place, text, hint })
    },
    get found() {
      return complaints.length > 0
    },
    throwAny() {
      if (complaints.length > 0) throw new ConfigError(file.name, complaints)
    },
  }
}
