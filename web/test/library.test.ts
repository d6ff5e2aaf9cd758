import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const source = fileURLToPath(new URL('../src/', import.meta.url))
const library = dirname(createRequire(import.meta.url).resolve('@mantine/core/styles.layer.css'))

it('has the styles of every component in use, and of what these are made of', () => {
  const modules = new Map(filesIn(join(library, 'esm')).map((path) => [basename(path), path]))
  const reached = new Set<string>()
  const walk = (path: string) => {
    if (reached.has(path) || !existsSync(path)) return
    reached.add(path)
    for (const [, next = ''] of readFileSync(path, 'utf8').matchAll(/from "(\.[^"]+)"/g))
      walk(join(dirname(path), next))
  }
  const used = filesIn(source)
    .filter((path) => /\.tsx?$/.test(path))
    .flatMap((path) => [...readFileSync(path, 'utf8').matchAll(importPattern)])
    .flatMap(([, names = '']) => names.split(',').map((name) => name.trim()))
  for (const name of used) if (modules.has(`${name}.mjs`)) walk(modules.get(`${name}.mjs`)!)
  const styled = [...reached]
    .map((path) => /([^/]+)\.module\.mjs$/.exec(path.replaceAll('\\', '/'))?.[1] ?? '')
    .filter((name) => existsSync(join(library, `styles/${name}.layer.css`)))
  expect(styled.length).toBeGreaterThan(10)
  const sheet = readFileSync(join(source, 'look/library.css'), 'utf8')
  const listed = [...sheet.matchAll(/styles\/([A-Z]\w+)\.layer\.css/g)].map(([, name]) => name)
  expect(listed.sort()).toEqual(styled.sort())
})

const importPattern = /import \{([^}]*)\} from '@mantine\/core'/g

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) =>
    join(folder, name),
  )
}
