import { describe, expect, it } from 'vitest'
import { loggableUrl, makeLogger } from './log.ts'

describe('loggableUrl', () => {
  it.each([
    ['/a', '/a'],
    ['/a?from=2026-01-01&limit=3', '/a?from=2026-01-01&limit=3'],
    ['/a?token=s3cret', '/a?token=***'],
    ['/a?x=1&apikey=s3cret&y=2', '/a?x=1&apikey=***&y=2'],
    ['/a?tempoApiToken=s3cret&baseUrl=b', '/a?tempoApiToken=***&baseUrl=b'],
    ['/a?TOKEN=s3cret', '/a?TOKEN=***'],
    ['/a?t%6Fken=s3cret', '/a?t%6Fken=***'],
    ['/a?%74%6f%6b%65%6e=s3cret', '/a?%74%6f%6b%65%6e=***'],
    ['/a?access%5Ftoken=s3cret', '/a?access%5Ftoken=***'],
    ['/a?token=s3cret&token=s3cret', '/a?token=***&token=***'],
    ['/a?token=s3c=r=et', '/a?token=***'],
    ['/a?token', '/a?token=***'],
    ['/a?%zz=1&password=s3cret', '/a?%zz=1&password=***'],
    ['/a?b=?token=1', '/a?b=?token=1'],
    ['/a?', '/a?'],
    ['/a&tempoApiToken=s3cret', '/a&tempoApiToken=***'],
  ])('shows %s as %s', (url, expected) => {
    expect(loggableUrl(url)).toBe(expected)
  })
})

describe('makeLogger', () => {
  it('leaves secrets out of whatever is logged one level deep', () => {
    const lines: string[] = []
    const logger = makeLogger('info', { write: (line) => void lines.push(line) })
    logger.info({ connection: { secret: 's3cret', password: 's3cret', token: 's3cret', a: 1 } })
    expect(lines.join('')).not.toContain('s3cret')
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ connection: { a: 1, secret: '***' } })
  })

  it('is silent when told so', () => {
    const lines: string[] = []
    makeLogger('silent', { write: (line) => void lines.push(line) }).error('x')
    expect(lines).toEqual([])
  })
})
