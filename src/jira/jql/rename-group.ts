import { type Token, tokenize } from './lexer.ts'
import { renderJqlText } from './render.ts'

/** The query with another name for a group wherever it asks for its members; the rest as it was typed. */
export function renameGroupInJql(text: string, from: string, to: string): string {
  const tokens = tokensOf(text)
  const lines = lineStarts(text)
  const startOf = ({ position }: Token) => lines[position.line - 1]! + position.character - 1
  let renamed = ''
  let done = 0
  tokens.forEach((token, at) => {
    const [open, name, close] = tokens.slice(at + 1, at + 4)
    const isCall = token.text.toLowerCase() === 'membersof' && open?.text === '('
    if (!isCall || name?.text !== from || close?.text !== ')') return
    renamed += text.slice(done, startOf(name)) + renderJqlText(to, true)
    done = startOf(close)
  })
  return renamed + text.slice(done)
}

/** None where it is no JQL: that is told to whoever runs it. */
function tokensOf(text: string): readonly Token[] {
  try {
    return tokenize(text)
  } catch {
    return []
  }
}

function lineStarts(text: string): readonly number[] {
  const starts = [0]
  for (let at = 0; at < text.length; at += 1) if (text[at] === '\n') starts.push(at + 1)
  return starts
}
