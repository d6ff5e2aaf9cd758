import { describe, expect, it } from 'vitest'
import { DomainError, type DomainErrorCode, domainErrorCodes } from '../domain/errors.ts'
import { problemOf } from './problem.ts'

const statuses: Readonly<Record<DomainErrorCode, number>> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  locked: 423,
  upstream: 502,
  unavailable: 503,
}

describe('problemOf', () => {
  it.each(domainErrorCodes)('shows %s with its status, words and details', (code) => {
    const problem = problemOf(new DomainError(code, 'It cannot be', { lock: { from: 'x' } }))
    expect(problem).toEqual({
      type: 'about:blank',
      title: expect.stringMatching(/^[A-Z]/),
      status: statuses[code],
      detail: 'It cannot be',
      code,
      lock: { from: 'x' },
    })
  })

  it('names the fields at fault', () => {
    const problems = [{ field: 'day', message: 'is missing' }]
    expect(problemOf(new DomainError('invalid', 'No', { problems })).problems).toEqual(problems)
  })

  it.each([
    ['a stale version', { reason: 'stale-version' }, 412],
    ['too many tries', { retryAfterSeconds: 5 }, 429],
  ])('has a finer status for %s', (_name, details, status) => {
    expect(problemOf(new DomainError('conflict', 'No', details)).status).toBe(status)
  })

  it('keeps its own status where a Jira answered with another', () => {
    const details = { status: 403, code: 'x', title: 'y', type: 'z', detail: 'w' }
    expect(problemOf(new DomainError('upstream', 'Jira answered 403', details))).toMatchObject({
      status: 502,
      code: 'upstream',
      type: 'about:blank',
      detail: 'Jira answered 403',
    })
  })

  it.each([400, 404, 405, 406, 408, 413, 414, 415, 429, 431])('knows status %s', (statusCode) => {
    const problem = problemOf({ statusCode, message: 'said so' })
    expect(problem).toMatchObject({ status: statusCode, detail: 'said so' })
    expect([...domainErrorCodes]).toContain(problem.code)
  })

  it.each([
    ['an error', new Error('password is s3cret')],
    ['an error of the database', Object.assign(new Error('select s3cret'), { code: '42P01' })],
    ['an unknown status', { statusCode: 599, message: 's3cret' }],
    ['anything', 's3cret'],
  ])('tells nothing of %s', (_name, thrown) => {
    const problem = problemOf(thrown)
    expect([problem.status, problem.code]).toEqual([500, 'internal'])
    expect(JSON.stringify(problem)).not.toContain('s3cret')
  })
})
