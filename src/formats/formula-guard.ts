/** Whether text cells are kept from becoming formulas when the file is opened; on by default. */
export type GuardOptions = { readonly guardFormulas?: boolean }

/**
 * A text that a spreadsheet would take for a formula (it begins with = + - @ tab or CR), quoted
 * with a leading apostrophe. The apostrophe is part of the file: whoever reads the cell back gets
 * the quoted value.
 */
export function guardFormula(text: string): string {
  return startsFormula(text) ? `'${text}` : text
}

// a switch on one character code: this runs for every text cell of an export
function startsFormula(text: string): boolean {
  switch (text.charCodeAt(0)) {
    case 0x09: // tab
    case 0x0d: // carriage return
    case 0x2b: // +
    case 0x2d: // -
    case 0x3d: // =
    case 0x40: // @
      return true
    default:
      return false
  }
}
