import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'

// The vendor's specification carries no licence: it is read where it lies, never copied.
const path = fileURLToPath(
  new URL('../../../../shared/contracts/specs/tempo-openapi.yaml', import.meta.url),
)
const isHere = existsSync(path)
const skipped = isHere ? '' : ' (skipped: the specification is not there)'

type Json = { readonly [key: string]: unknown }
type Operation = {
  readonly responses: Json & { readonly '200'?: { readonly content?: Record<string, Json> } }
}
type Specification = Json & { readonly paths: Record<string, Record<string, Operation>> }

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

/** Their `format` and `example` words are no rules, and dates are checked by our own cases. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !['format', 'example', 'xml', 'discriminator'].includes(key))
      .map(([key, inner]) => [key, plain(inner)]),
  )
}

describe.skipIf(!isHere)(`recorded answers hold to the specification${skipped}`, () => {
  const specification = plain(parse(isHere ? readFileSync(path, 'utf8') : '')) as Specification
  const ajv = new Ajv2020({ strict: false, allErrors: true })
  if (isHere) ajv.addSchema(specification, 'tempo')

  const find = (method: string, target: string) => {
    const paths = Object.keys(specification.paths).sort(
      (a, b) => (a.match(/\{/g)?.length ?? 0) - (b.match(/\{/g)?.length ?? 0),
    )
    return paths.find(
      (one) =>
        new RegExp(`^${one.replace(/\{\w+\}/g, '[^/]+')}$`).test(target) &&
        specification.paths[one]?.[method],
    )
  }

  it('has answers of many operations to check', () => {
    expect(recorded().length).toBeGreaterThan(50)
  })

  it.each(isHere ? recorded() : [])('$name', ({ method, target, body }) => {
    const found = find(method, target)
    // What only one library still calls under version 4 is not in its specification.
    if (found === undefined)
      return expect(target).toMatch(/^\/4\/(worklogs\/jira\/|teams\/\d+\/members\/)/)
    const content = specification.paths[found]?.[method]?.responses['200']?.content ?? {}
    const type = Object.keys(content)[0]
    // Of a day taken out of a plan it only says 200; ours answers with the plan.
    if (type === undefined) return expect(found).toBe('/4/plans/{id}/partial/{day}')
    const pointer = ['paths', found, method, 'responses', '200', 'content', type, 'schema']
      .map((part) => part.replaceAll('~', '~0').replaceAll('/', '~1'))
      .map(encodeURIComponent)
      .join('/')
    const validate = ajv.compile({ $ref: `tempo#/${pointer}` })
    validate(body)
    expect(validate.errors ?? []).toEqual([])
  })
})
