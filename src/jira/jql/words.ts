/** Words with a place in the grammar: never a field name or a value unless quoted. */
export const jqlKeywords: ReadonlySet<string> = new Set(
  'and or not in is was changed empty null before after from to on during by order asc desc'.split(
    ' ',
  ),
)

/**
 * Words Jira keeps for a day that never came: most of SQL. Bare, they are refused; `cf` is not
 * among them, as it begins a custom field. The list is what the vendor's own parser refuses.
 */
export const jqlReservedWords: ReadonlySet<string> = new Set(
  `
  abort access add alias alter any as audit avg begin between boolean break byte catch char
  character check checkpoint collate collation column commit connect continue count create
  current date decimal declare decrement default defaults define delete delimiter difference
  distinct divide do double drop else encoding end equals escape exclusive exec execute exists
  explain false fetch field file first float for function go goto grant greater group having
  identified if immediate increment index initial inner inout input insert int integer
  intersect intersection into isempty isnull join last left less like limit lock long max min
  minus mode modify modulo more multiply next noaudit notin nowait number object of option
  outer output power previous prior privileges public raise raw remainder rename resource
  return returns revoke right row rowid rownum rows select session set share size sqrt start
  strict string subtract sum synonym table then trans transaction trigger true uid union
  unique update user validate values view when whenever where while with
`
    .trim()
    .split(/\s+/),
)

/** Characters that end a word and mean something, or are kept for later. */
export const jqlReservedCharacters = '"\'=!<>()~,[]|&{}*/%+^$#@?;`'
