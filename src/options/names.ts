import { OPTION_TABLE, type OptionSpec } from './table.ts'

type Row = (typeof OPTION_TABLE)[number]

export type OptionName = Row['name']

/** The row of the table with this name, as narrow as it stands there. */
export type RowOf<Name extends OptionName> = Extract<Row, { readonly name: Name }>

export type OptionKind = OptionSpec['kind']

/** Names of all options of a kind. */
export type NameOfKind<Kind extends OptionKind> = Extract<Row, { readonly kind: Kind }>['name']

/** Texts by option name; an absent or empty one stands for the default. */
export type OptionValues = Readonly<Partial<Record<OptionName, string>>>

/** A row of the table with the names that there are. */
export type NamedSpec = OptionSpec & { readonly name: OptionName }

export const OPTION_SPECS: readonly NamedSpec[] = OPTION_TABLE

export const OPTION_NAMES: readonly OptionName[] = OPTION_TABLE.map(({ name }) => name)

const SPECS: ReadonlyMap<OptionName, NamedSpec> = new Map(OPTION_SPECS.map((spec) => [spec.name, spec]))

export function specOf(name: OptionName): NamedSpec {
  return SPECS.get(name)!
}

/** Options whose whole value is a secret. */
export const SECRET_OPTIONS: readonly OptionName[] = OPTION_SPECS.flatMap(({ kind, name }) =>
  kind === 'secret' ? [name] : [],
)
