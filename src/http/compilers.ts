import AjvCompiler from '@fastify/ajv-compiler'
import SerializerSelector from '@fastify/fast-json-stringify-compiler'

type BuildSerializer = ReturnType<typeof SerializerSelector>
type BuildValidator = ReturnType<typeof AjvCompiler>

/**
 * Writers of answers, each made when its route first answers. Making one looks at every shared
 * schema, so that making all of them at the start took several times as long as the start itself.
 */
export const buildSerializer: BuildSerializer = (externalSchemas, options) => {
  const compile = SerializerSelector()(externalSchemas, options)
  return (route) => {
    let write: ReturnType<typeof compile> | undefined
    return (answer) => {
      write ??= compile(route)
      return write(answer)
    }
  }
}

/** Checks of requests, each made when its route is first called, for the same reason. */
export const makeBuildValidator = (): BuildValidator => {
  const build = AjvCompiler()
  return (externalSchemas, options) => {
    let compile: ReturnType<BuildValidator> | undefined
    return (route) => {
      let check: ReturnType<ReturnType<BuildValidator>> | undefined
      const lazily = ((data: unknown) => {
        compile ??= build(externalSchemas, options)
        check ??= compile(route)
        const isValid = check(data)
        lazily.errors = check.errors ?? null
        return isValid
      }) as ReturnType<ReturnType<BuildValidator>>
      return lazily
    }
  }
}
