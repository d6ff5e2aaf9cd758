import type { Numbers } from './numbers.ts'

/** What stands before the table in both files: the name of the sheet is the original's own slip. */
export const workbookStart = ({
  decimalMark,
}: Numbers): string => `<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel" xmlns="http://www.w3.org/TR/REC-html40">
<head><meta charset="UTF-8"><!--[if gte mso 9]><xml><x:ExcelWorkbook><x:ExcelWorksheets><x:ExcelWorksheet><x:Name>{worksheet}</x:Name><x:WorksheetOptions><x:DisplayGridlines/></x:WorksheetOptions></x:ExcelWorksheet></x:ExcelWorksheets></x:ExcelWorkbook></xml><![endif]--></head>
<body>
<style><!--
br {mso-data-placement:same-cell;}
table {mso-displayed-decimal-separator:"\\${decimalMark}"; mso-displayed-thousand-separator:"\\${decimalMark === '.' ? ',' : '.'}";}
--></style>
`

export const workbookEnd = '</body>\n</html>\n'
