/** Formats that show nothing and change what is shown, line breaks that are none in JSON, and the rest of the controls. */
const UNSEEN = /[\p{Cf}\p{Zl}\p{Zp}\u007f-\u009f]/gu

/** JSON that says what it says on a terminal, too: what turns or hides text stands in it as an escape. */
export function plainJson(value: unknown): string {
  return JSON.stringify(value).replace(UNSEEN, escapeUnits)
}

function escapeUnits(character: string): string {
  return [...Array(character.length).keys()]
    .map((at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`)
    .join('')
}
