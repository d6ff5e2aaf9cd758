import { describe, expect, it } from 'vitest'
import { readComment } from './read-comment.ts'

const text = (value: string) => ({ type: 'text', text: value })
const paragraph = (...content: unknown[]) => ({ type: 'paragraph', content })
const doc = (...content: unknown[]) => ({ type: 'doc', version: 1, content })

describe('readComment', () => {
  it.each([[undefined], [null], [5], [[]], [{}], [{ type: 'doc', content: 'x' }]])(
    'finds no text in %j',
    (json) => {
      expect(readComment(json)).toBe('')
    },
  )

  it('keeps plain text, less what PostgreSQL refuses', () => {
    expect(readComment('a\r\nb\0c 😀 \udc00')).toBe('a\r\nbc 😀 \ufffd')
  })

  it('takes the text of a document, a line per block', () => {
    const json = doc(
      paragraph(text('Fixed '), { ...text('bold'), marks: [{ type: 'strong' }] }, text(' parts')),
      {
        type: 'bulletList',
        content: [
          { type: 'listItem', content: [paragraph(text('one'))] },
          {
            type: 'listItem',
            content: [paragraph(text('two'), { type: 'hardBreak' }, text('2b'))],
          },
        ],
      },
      { type: 'codeBlock', attrs: { language: 'ts' }, content: [text('let a\nlet b')] },
    )
    expect(readComment(json)).toBe('Fixed bold parts\none\ntwo\n2b\nlet a\nlet b')
  })

  it('takes the text of mentions, emoji, dates, states and links', () => {
    const json = doc(
      paragraph(
        { type: 'mention', attrs: { id: 'a', text: '@Olga' } },
        text(' '),
        { type: 'emoji', attrs: { shortName: ':smile:', text: '😄' } },
        { type: 'emoji', attrs: { shortName: ':custom:' } },
        text(' '),
        { type: 'date', attrs: { timestamp: '1709510400000' } },
        { type: 'date', attrs: { timestamp: 'never' } },
        text(' '),
        { type: 'status', attrs: { text: 'DONE' } },
        { type: 'inlineCard', attrs: { url: 'https://example.org/x' } },
      ),
      { type: 'blockCard', attrs: { url: 'https://example.org/y' } },
    )
    expect(readComment(json)).toBe(
      '@Olga 😄:custom: 2024-03-04 DONEhttps://example.org/x\nhttps://example.org/y',
    )
  })

  it('survives a document nested without end', () => {
    let node: unknown = text('deep')
    for (let depth = 0; depth < 50_000; depth += 1) node = { type: 'panel', content: [node] }
    expect(readComment(doc(node))).toBe('')
  })
})
