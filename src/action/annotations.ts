/** Annotations of a type that the runner keeps for a step, less one: the last error is the verdict's. */
const ANNOTATIONS_KEPT = 9

export type AnnotationLevel = 'warning' | 'error'

/** What becomes of a warning or an error: an annotation, a plain line, or nothing where it was said before. */
export type Annotate = (level: AnnotationLevel, text: string) => 'annotation' | 'line' | 'nothing'

/** Counts annotations: the runner shows some of each type, and drops the others without a word. */
export function createAnnotationCounter(): Annotate {
  const said = new Set<string>()
  const counts = { warning: 0, error: 0 }
  return (level, text) => {
    if (said.has(text)) return 'nothing'
    said.add(text)
    counts[level] += 1
    return counts[level] <= ANNOTATIONS_KEPT ? 'annotation' : 'line'
  }
}
