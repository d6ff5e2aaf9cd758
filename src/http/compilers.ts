import AjvCompiler from '@fastify/ajv-compiler'
import SerializerSelector from '@fastify/fast-json-stringify-compiler'
import type { FastifyInstance, FastifyServerOptions } from 'fastify'

type BuildSerializer = ReturnType<typeof SerializerSelector>
type BuildValidator = ReturnType<typeof AjvCompiler>
type Validator = ReturnType<ReturnType<BuildValidator>>
type SchemaController = NonNullable<FastifyServerOptions['schemaController']>
type Schemas = Readonly<Record<string, unknown>>

/**
 * How the checks of requests and the writers of answers are made: each when its route first needs
 * it. Making all of them at the start took several times as long as the start itself.
 */
export function schemaController(): SchemaController {
  return {
    bucket: (inherited) => schemaBucket(inherited as Schemas | undefined),
    compilersFactory: { buildSerializer, buildValidator: lazyValidators() },
  }
}

/** Shared schemas by `$id`. Every route asks for all of them, so they are copied only on change. */
function schemaBucket(inherited: Schemas = {}) {
  const schemas: Record<string, unknown> = { ...inherited }
  let shown: Record<string, unknown> | undefined
  return {
    add(schema: unknown) {
      const { $id } = schema as { $id?: string }
      if (!$id) throw new Error('A shared schema needs an $id')
      if (schemas[$id] !== undefined) throw new Error(`The schema ${$id} is shared twice`)
      schemas[$id] = schema
      shown = undefined
      return undefined as unknown as FastifyInstance
    },
    getSchema: (id: string) => schemas[id],
    getSchemas: () => {
      shown ??= { ...schemas }
      return shown
    },
  }
}

const buildSerializer: BuildSerializer = (externalSchemas, options) => (route) => {
  let write: ((answer: unknown) => string) | undefined
  return (answer) => {
    // A writer checks all schemas it is given, so it is given those its route names.
    write ??= SerializerSelector()(closure(route.schema, externalSchemas as Schemas), options)(
      route,
    )
    return write(answer)
  }
}

function lazyValidators(): BuildValidator {
  const build = AjvCompiler()
  return (externalSchemas, options) => (route) => {
    let check: Validator | undefined
    const lazily = ((data: unknown) => {
      check ??= build(externalSchemas, options)(route)
      const isValid = check(data)
      lazily.errors = check.errors ?? null
      return isValid
    }) as Validator
    return lazily
  }
}

/** The shared schemas that `schema` refers to, and those that they refer to. */
function closure(schema: unknown, shared: Schemas): Record<string, unknown> {
  const found: Record<string, unknown> = {}
  const walk = (node: unknown) => {
    if (typeof node !== 'object' || node === null) return
    for (const [key, value] of Object.entries(node)) {
      const id = key === '$ref' && typeof value === 'string' ? value.split('#', 1)[0]! : ''
      if (id !== '' && found[id] === undefined && shared[id] !== undefined) {
        found[id] = shared[id]
        walk(shared[id])
      }
      walk(value)
    }
  }
  walk(schema)
  return found
}
