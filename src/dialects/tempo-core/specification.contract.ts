import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { parse } from 'yaml'

// The vendor's specification carries no licence: it is read where it lies, never copied.
const path = fileURLToPath(
  new URL('../../../../shared/contracts/specs/tempo-openapi.yaml', import.meta.url),
)

/** Whether the specification of version 4 lies beside the project. */
export const isSpecified = existsSync(path)

type Json = { readonly [key: string]: unknown }
type Operation = {
  readonly responses: Json & { readonly '200'?: { readonly content?: Record<string, Json> } }
}
type Specification = Json & { readonly paths: Record<string, Record<string, Operation>> }

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

/** What is wrong with a 200 of version 4; undefined where the specification knows no such operation. */
export type Checker = (method: string, target: string, body: unknown) => unknown[] | undefined

/** Reads the specification once. */
export function makeChecker(): Checker {
  const specification = plain(parse(isSpecified ? readFileSync(path, 'utf8') : 'paths: {}'))
  const { paths } = specification as Specification
  const ajv = new Ajv2020({ strict: false, allErrors: true })
  if (isSpecified) ajv.addSchema(specification as Specification, 'tempo')
  const parameters = (one: string) => one.match(/\{/g)?.length ?? 0
  const sorted = Object.keys(paths).sort((a, b) => parameters(a) - parameters(b))
  return (method, target, body) => {
    const found = sorted.find(
      (one) =>
        new RegExp(`^${one.replace(/\{\w+\}/g, '[^/]+')}$`).test(target) && paths[one]?.[method],
    )
    if (found === undefined) return undefined
    const content = paths[found]?.[method]?.responses['200']?.content ?? {}
    const type = Object.keys(content)[0]
    // Of a day taken out of a plan it only says 200; ours answers with the plan.
    if (type === undefined) return found === '/4/plans/{id}/partial/{day}' ? [] : [found]
    const pointer = ['paths', found, method, 'responses', '200', 'content', type, 'schema']
      .map((part) => part.replaceAll('~', '~0').replaceAll('/', '~1'))
      .map(encodeURIComponent)
      .join('/')
    const validate = ajv.compile({ $ref: `tempo#/${pointer}` })
    validate(body)
    return validate.errors ?? []
  }
}
