import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { isSpecified, makeChecker } from './specification.contract.ts'

const skipped = isSpecified ? '' : ' (skipped: the specification is not there)'
const folder = fileURLToPath(new URL('./conformance/', import.meta.url))

/** Every recorded 200 of version 4 and of the feeds, with what was asked. */
function recorded() {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.http'))
    .sort()
    .flatMap((name) => {
      const request = readFileSync(`${folder}${name}`, 'utf8')
      const answer = readFileSync(`${folder}${name.replace(/http$/, 'expected')}`, 'utf8')
      const [, method = '', url = ''] =
        /^(GET|POST|PUT|PATCH|DELETE) (\S+)/m.exec(request.replace(/^#.*\n/gm, '')) ?? []
      const target = url.split('?', 1)[0] ?? ''
      if (!/^\/(4|papertrail\/1)\//.test(target) || !answer.startsWith('HTTP 200')) return []
      const body: unknown = JSON.parse(answer.slice(answer.indexOf('\n\n')))
      return [{ name, method: method.toLowerCase(), target: target.replace(/\/$/, ''), body }]
    })
}

describe.skipIf(!isSpecified)(`recorded answers hold to the specification${skipped}`, () => {
  const check = makeChecker()

  it('has answers of many operations to check', () => {
    expect(recorded().length).toBeGreaterThan(50)
  })

  it.each(isSpecified ? recorded() : [])('$name', ({ method, target, body }) => {
    const problems = check(method, target, body)
    // What only one library still calls under version 4 is not in its specification.
    if (problems === undefined)
      return expect(target).toMatch(/^\/4\/(worklogs\/jira\/|teams\/\d+\/members\/)/)
    expect(problems).toEqual([])
  })
})
