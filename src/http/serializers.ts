import SerializerSelector from '@fastify/fast-json-stringify-compiler'

type Build = ReturnType<typeof SerializerSelector>

/**
 * Writers of answers, each made when its route first answers. Making one looks at every shared
 * schema, so that making all of them at the start took several times as long as the start itself.
 */
export const buildSerializer: Build = (externalSchemas, options) => {
  const compile = SerializerSelector()(externalSchemas, options)
  return (route) => {
    let write: ReturnType<typeof compile> | undefined
    return (answer) => {
      write ??= compile(route)
      return write(answer)
    }
  }
}
