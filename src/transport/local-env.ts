/**
 * What a git program of this machine may see of our environment. A list of what passes, not of what is held
 * back: secrets have any name, and the hooks of a repository run with this too. Of Git's own variables only
 * those pass that say where its configuration and programs are; an inherited `GIT_DIR` or
 * `GIT_QUARANTINE_PATH` would turn every push into a failure.
 */
const PASSING = new Set([
  'PATH',
  'HOME',
  'USER',
  'LOGNAME',
  'SHELL',
  'TMPDIR',
  'TMP',
  'TEMP',
  'TZ',
  'XDG_CONFIG_HOME',
  'LD_LIBRARY_PATH',
  'DYLD_LIBRARY_PATH',
  'SYSTEMROOT',
  'SYSTEMDRIVE',
  'WINDIR',
  'COMSPEC',
  'PATHEXT',
  'USERNAME',
  'USERPROFILE',
  'HOMEDRIVE',
  'HOMEPATH',
  'APPDATA',
  'LOCALAPPDATA',
  'PROGRAMDATA',
  'PROGRAMFILES',
  'PROGRAMFILES(X86)',
  'PROGRAMW6432',
  'GIT_CONFIG_GLOBAL',
  'GIT_CONFIG_SYSTEM',
  'GIT_CONFIG_NOSYSTEM',
  'GIT_EXEC_PATH',
])

/** The environment of a local git program. `version`: the protocol that it is asked for (git(1), GIT_PROTOCOL). */
export function scrubEnvironment(env: NodeJS.ProcessEnv, version: 2 | undefined): NodeJS.ProcessEnv {
  const passed = Object.entries(env).filter(([name]) => PASSING.has(name.toUpperCase()))
  return {
    ...Object.fromEntries(passed),
    // Error texts are read, in English.
    LANG: 'C',
    LC_ALL: 'C',
    ...(version === undefined ? {} : { GIT_PROTOCOL: `version=${version}` }),
  }
}
