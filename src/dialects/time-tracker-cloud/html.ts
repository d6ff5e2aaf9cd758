import { guardFormula } from '../../formats/formula-guard.ts'

const characters: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text as HTML shows it. */
export function toHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => characters[character]!)
}

/** Text for a cell that a spreadsheet reads: on one line, and no formula. */
export function cellText(text: string): string {
  const line = text.replace(/\r\n|\n|\r/g, ' ')
  return guardFormula(line) === line ? toHtml(line) : `'${toHtml(line)}`
}

/** What stands before the table in both files: the name of the sheet is the original's own slip. */
export const workbookStart = `<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel" xmlns="http://www.w3.org/TR/REC-html40">
<head><meta charset="UTF-8"><!--[if gte mso 9]><xml><x:ExcelWorkbook><x:ExcelWorksheets><x:ExcelWorksheet><x:Name>{worksheet}</x:Name><x:WorksheetOptions><x:DisplayGridlines/></x:WorksheetOptions></x:ExcelWorksheet></x:ExcelWorksheets></x:ExcelWorkbook></xml><![endif]--></head>
<body>
<style><!--
br {mso-data-placement:same-cell;}
table {mso-displayed-decimal-separator:"\\."; mso-displayed-thousand-separator:"\\,";}
--></style>
`

export const workbookEnd = '</body>\n</html>\n'
