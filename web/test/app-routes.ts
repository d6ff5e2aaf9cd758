import { readFileSync } from 'node:fs'

export type AppRoute = {
  readonly path: string
  /** Whether somebody must be signed in. */
  readonly isInside: boolean
  /** Whether it only leads elsewhere. */
  readonly isRedirect: boolean
}

/**
 * The addresses of the application, read from its own table: `routes.tsx` cannot be imported without
 * a browser. Fails when it is written in a way this does not read.
 */
export function appRoutes(): readonly AppRoute[] {
  const text = readFileSync(new URL('../src/routes.tsx', import.meta.url), 'utf8')
  const found = [...text.matchAll(/const (\w+) = createRoute\(\{\n([\s\S]*?)\n\}\)/g)].map(
    ([, name = '', body = '']) => ({
      name,
      parent: /getParentRoute: \(\) => (\w+)/.exec(body)?.[1] ?? '',
      path: /^ {2}path: '(\/[^']*)'/m.exec(body)?.[1] ?? '',
      isRedirect: !/^ {2}component:/m.test(body),
    }),
  )
  const all = text.match(/= createRoute\(/g)?.length
  if (found.length !== all) throw new Error(`${found.length} of ${all} routes can be read`)
  const parentOf = (name: string) => found.find((one) => one.name === name)
  const pathOf = (name: string): string => {
    const one = parentOf(name)
    return one ? pathOf(one.parent) + one.path : ''
  }
  const isInside = (name: string): boolean => {
    const one = parentOf(name)
    return name === 'inside' || (one !== undefined && isInside(one.parent))
  }
  return found
    .filter(({ name }) => !found.some(({ parent }) => parent === name))
    .map(({ name, isRedirect }) => ({
      path: pathOf(name).replace(/(?<=.)\/$/, ''),
      isInside: isInside(name),
      isRedirect,
    }))
}
