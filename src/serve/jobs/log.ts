/** What goes with a line: numbers have their unit in the name. No lists of refs, no bodies. */
export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>

/** Takes lines about the server's life. Texts may come from anywhere: what writes them makes them harmless. */
export interface Log {
  debug(message: string, fields?: LogFields): void
  info(message: string, fields?: LogFields): void
  warn(message: string, fields?: LogFields): void
  error(message: string, fields?: LogFields): void
}

export type LogLevel = keyof Log
