import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const src = fileURLToPath(new URL('../src', import.meta.url))

const components = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.tsx'),
)

/** Words between tags, or in attributes a person reads or hears. */
const baked = [
  /(?<!=)>\s*[^<>{}()=;&|]*[A-Za-zÄÖÜäöü]{2,}[^<>{}()=;&|]*</,
  /\b(?:label|title|placeholder|description|alt|aria-label|aria-description)="[^"]*[A-Za-z]{2,}/,
]

it('bakes no text into components: all of it stands in catalogues', () => {
  expect(components.length).toBeGreaterThan(10)
  const found = components.flatMap((name) =>
    readFileSync(join(src, name), 'utf8')
      .split('\n')
      .flatMap((line, at) =>
        baked.some((pattern) => pattern.test(line)) && !/^\s*(\/\/|\*|\/\*)/.test(line)
          ? [`${name}:${at + 1} ${line.trim()}`]
          : [],
      ),
  )
  expect(found).toEqual([])
})
