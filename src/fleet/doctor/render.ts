import { escapeMarkdown, printableLine } from '../../base/printable.ts'
import { cleanFinding, describeFinding } from '../../doctor/describe.ts'
import type { Finding } from '../../doctor/finding.ts'
import { safeLine, type Secrets } from '../../report/redact.ts'
import { formatPlural } from '../../report/wording.ts'
import { countLevels, type FleetExamination, type HostFinding } from './examine-fleet.ts'

/** The runner drops a summary of more than 1 MiB as a whole. */
const MOST_SUMMARY_BYTES = 900_000
const CELL_LENGTH = 600

/** `3 mirrors: 1 error, 2 warnings` */
export function describeVerdict(examination: FleetExamination): string {
  const { errors, warnings } = countLevels(examination)
  const parts = [
    ...(errors > 0 ? [formatPlural(errors, 'error')] : []),
    ...(warnings > 0 ? [formatPlural(warnings, 'warning')] : []),
  ]
  return `${formatPlural(examination.mirrors.length, 'mirror')}: ${parts.length === 0 ? 'nothing is in the way' : parts.join(', ')}`
}

/** A heading for the hosts and for each mirror, a line for each finding, the verdict last. */
export function renderText(examination: FleetExamination): readonly string[] {
  const { hosts, mirrors, discoveries } = examination
  return [
    ...(hosts.length === 0 ? [] : ['hosts', ...hosts.map((host) => `  ${describeFinding(withNames(host))}`)]),
    ...mirrors.flatMap(({ name, findings, skipped }) => [
      `mirror ${name}${skipped === undefined ? '' : `: ${skipped}`}`,
      ...findings.map((finding) => `  ${describeFinding(finding)}`),
    ]),
    ...discoveries.map((text) => `error    ${printableLine(text, 1000)}`),
    `${describeVerdict(examination)}.`,
  ]
}

/** A line of JSON for each finding; `mirror` is null for what is true of a host. */
export function renderLines({ hosts, mirrors, discoveries }: FleetExamination): readonly string[] {
  const lines: readonly object[] = [
    ...hosts.map(({ finding, mirrors: names }) => ({
      mirror: null,
      mirrors: names,
      ...cleanFinding(finding),
    })),
    ...mirrors.flatMap(({ name, findings, skipped }): readonly object[] =>
      skipped === undefined
        ? findings.map((finding) => ({ mirror: name, ...cleanFinding(finding) }))
        : [{ mirror: name, skipped }],
    ),
    ...discoveries.map((text) => ({
      mirror: null,
      level: 'error',
      topic: 'discover',
      text: printableLine(text, 1000),
    })),
  ]
  return lines.map((line) => JSON.stringify(line))
}

/**
 * The page of a job: the verdict, a table of the hosts, and one for each mirror; those with errors first. Secrets are taken
 * out before texts are escaped, since an escaped one is no longer found.
 */
export function renderPage(examination: FleetExamination, secrets: Secrets): string {
  const cell = (text: string): string => escapeMarkdown(safeLine(text, secrets, CELL_LENGTH))
  const { errors } = countLevels(examination)
  let page = `## ${errors === 0 ? '✅' : '❌'} doctor: ${escapeMarkdown(describeVerdict(examination))}\n\n`
  const add = (text: string): void => {
    if (Buffer.byteLength(page) + Buffer.byteLength(text) <= MOST_SUMMARY_BYTES) page += text
  }
  for (const text of examination.discoveries) add(`- **error:** ${cell(text)}\n`)
  add(renderTable('Hosts', examination.hosts.map(withNames), cell))
  const rank = (findings: readonly Finding[]): number =>
    findings.some(({ level }) => level === 'error') ? 0 : 1
  const mirrors = examination.mirrors.toSorted((a, b) => rank(a.findings) - rank(b.findings))
  for (const { name, findings, skipped } of mirrors) {
    add(
      skipped === undefined ? renderTable(name, findings, cell) : `### ${cell(name)}\n\n${cell(skipped)}\n\n`,
    )
  }
  return page
}

function renderTable(title: string, findings: readonly Finding[], cell: (text: string) => string): string {
  if (findings.length === 0) return ''
  const rows = findings.map(
    ({ level, place, topic, text, remedy = '' }) =>
      `| ${SIGNS[level]} | ${[place, topic, text, remedy].map(cell).join(' | ')} |\n`,
  )
  return `### ${cell(title)}\n\n| | Where | What | Known | What to do |\n| --- | --- | --- | --- | --- |\n${rows.join('')}\n`
}

const SIGNS = { ok: '✅', warning: '⚠️', error: '❌' } as const

/** What goes wrong at a host goes wrong for all of these. */
function withNames({ finding, mirrors }: HostFinding): Finding {
  if (finding.level === 'ok') return finding
  return {
    ...finding,
    text: `${finding.text.replace(/\.$/, '')} (${formatPlural(mirrors.length, 'mirror')})`,
  }
}
