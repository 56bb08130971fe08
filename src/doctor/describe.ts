import { printableLine } from '../base/printable.ts'
import type { Finding } from './finding.ts'

const LINE_LENGTH = 1000

/** A finding whose texts are one harmless line each, for a reader that is a program. */
export function cleanFinding(finding: Finding): Finding {
  const { place, text, remedy } = finding
  return {
    ...finding,
    place: printableLine(place, LINE_LENGTH),
    text: printableLine(text, LINE_LENGTH),
    remedy: remedy === undefined ? undefined : printableLine(remedy, LINE_LENGTH),
  }
}

/** `clean` on what a line says; the columns before that stay as wide as they are. */
export function cleanLine(line: string, clean: (text: string) => string): string {
  const [start = ''] = /^ *(?:(?:ok|warning|error) +)?/.exec(line) ?? []
  return `${start}${clean(line.slice(start.length))}`
}

/** A finding as one line: level, place, topic, what is known, and what to do. Secrets are still in it. */
export function describeFinding(finding: Finding): string {
  return `${finding.level.padEnd('warning'.length)}  ${describeWithoutLevel(finding)}`
}

export function describeWithoutLevel({ place, topic, text, remedy }: Finding): string {
  const said = printableLine(text, LINE_LENGTH).replace(/\.$/, '')
  return `${place}: ${topic}: ${said}${remedy === undefined ? '' : `. ${printableLine(remedy, LINE_LENGTH)}`}`
}
