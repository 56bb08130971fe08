const DRY_RUN_MARK = ' (dry run)'

/** What stands for a mirror's run: a dry run is one of its own. No name has a space. */
export function keyOf(name: string, isDryRun: boolean): string {
  return isDryRun ? `${name}${DRY_RUN_MARK}` : name
}

export function readKey(key: string): { readonly name: string; readonly isDryRun: boolean } {
  const isDryRun = key.endsWith(DRY_RUN_MARK)
  return { name: isDryRun ? key.slice(0, -DRY_RUN_MARK.length) : key, isDryRun }
}
