import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))

/**
 * Which folder may import which, as docs/ARCHITECTURE.md explains. `*` is anything of ours. Change
 * it in the same commit as the reason, or not at all.
 */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  'src/domain': [],
  'src/formats': [],
  'src/jira': ['src/domain'],
  'src/store': ['src/domain', 'src/package-folder.ts'],
  'src/calendars': ['src/domain'],
  'src/reports': ['src/domain', 'src/formats/table.ts'],
  'src/sync': ['src/domain', 'src/jira'],
  'src/http': ['src/domain'],
  'src/dialects': ['src/domain', 'src/jira', 'src/reports', 'src/formats', 'src/http'],
  'src/api': ['src/domain', 'src/jira', 'src/reports', 'src/formats', 'src/http'],
  'src/cli': [
    'src/domain',
    'src/reports',
    'src/formats',
    'src/config.ts',
    'src/config-settings.ts',
    'src/compose.ts',
    'src/compose-server.ts',
  ],
  'src/config.ts': ['src/domain'],
  'src/config-settings.ts': ['src/config.ts'],
  'src/main.ts': [
    'src/domain',
    'src/reports',
    'src/formats',
    'src/config.ts',
    'src/compose.ts',
    'src/cli',
    'src/version.ts',
  ],
  'src/index.ts': ['src/domain', 'src/sync', 'src/version.ts'],
  'src/version.ts': ['src/package-folder.ts'],
  'src/package-folder.ts': [],
  'src/compose.ts': ['*'],
  'src/compose-server.ts': ['*'],
  // At run time one module of pure grammar; from the contract types only, which is checked below.
  'web/src': ['src/api/contract.ts', 'src/domain/duration.ts'],
  'web/test': ['*'],
  'web/vite.config.ts': ['web/src'],
  bench: ['*'],
  test: ['*'],
  conformance: ['*'],
}

/** Packages the domain may use: one reviewed date library, nothing else. */
const domainPackages = ['temporal-polyfill']

/** Only these may know how everything is wired. */
const wiring = ['src/compose.ts', 'src/compose-server.ts']
const mayImportCompose = [
  ...wiring,
  'src/main.ts',
  'src/cli',
  'web/test',
  'test',
  'bench',
  'conformance',
]

type Import = { readonly file: string; readonly line: number; readonly target: string }

function sourceFiles(): string[] {
  return ['src', 'test', 'bench', 'conformance', 'web'].flatMap((top) => {
    try {
      return readdirSync(join(root, top), { recursive: true, encoding: 'utf8' })
        .filter((name) => /\.tsx?$/.test(name) && !/(^|\/)(node_modules|dist)\//.test(name))
        .map((name) => join(top, name))
    } catch {
      return []
    }
  })
}

function importsOf(file: string): Import[] {
  const imports: Import[] = []
  readFileSync(join(root, file), 'utf8')
    .split('\n')
    .forEach((text, at) => {
      const match =
        /^\s*(?:import|export|\})\b.*\bfrom '([^']+)'/.exec(text) ??
        /^\s*import '([^']+)'/.exec(text) ??
        /\bimport\('([^']+)'\)/.exec(text)
      if (match?.[1] !== undefined) imports.push({ file, line: at + 1, target: match[1] })
    })
  return imports
}

function targetFile({ file, target }: Import): string {
  return relative(root, resolve(root, dirname(file), target))
}

function homeOf(file: string): string {
  const [top = '', second = ''] = file.split('/')
  return top === 'src' || top === 'web' ? `${top}/${second}` : top
}

/** Tests may reach for the database, builders and the wiring: they run the real thing. */
const isTest = (file: string) => /\.(test|contract)\.tsx?$/.test(file)

const allImports = sourceFiles().flatMap(importsOf)
const ownImports = allImports.filter(({ target }) => target.startsWith('.'))
const productImports = ownImports.filter(({ file }) => !isTest(file))
const show = ({ file, line, target }: Import) => `${file}:${line} imports ${target}`

describe('architecture', () => {
  it('has files to look at', () => {
    expect(productImports.length).toBeGreaterThan(100)
  })

  it('imports point inwards, as the table says', () => {
    const wrong = productImports.filter((one) => {
      const home = homeOf(one.file)
      const target = targetFile(one)
      const allowed = mayImport[home]
      if (!allowed) return true
      if (homeOf(target) === home || allowed.includes('*')) return false
      return !allowed.some((place) => target === place || target.startsWith(`${place}/`))
    })
    expect(wrong.map(show)).toEqual([])
  })

  it('gives the web nothing of the contract but types', () => {
    const wrong = ownImports.filter(
      (one) => homeOf(one.file) === 'web/src' && targetFile(one) === 'src/api/contract.ts',
    )
    const values = wrong.filter(({ file, line }) => {
      const lines = readFileSync(join(root, file), 'utf8').split('\n').slice(0, line)
      const from = lines.findLastIndex((text) => /^(import|export)\b/.test(text))
      return !/^(import|export) type\b/.test(lines[from] ?? '')
    })
    expect(wrong.length).toBeGreaterThan(0)
    expect(values.map(show)).toEqual([])
  })

  it('keeps dialects apart', () => {
    const wrong = ownImports.filter((one) => {
      const [, folder, dialect] = one.file.split('/')
      const target = targetFile(one)
      return (
        folder === 'dialects' &&
        target.startsWith('src/dialects/') &&
        target.split('/')[2] !== dialect
      )
    })
    expect(wrong.map(show)).toEqual([])
  })

  it('keeps the domain pure: no built-ins, no packages but the date library', () => {
    const wrong = allImports.filter(
      ({ file, target }) =>
        homeOf(file) === 'src/domain' &&
        !isTest(file) &&
        !target.startsWith('.') &&
        !domainPackages.includes(target),
    )
    expect(wrong.map(show)).toEqual([])
  })

  it('lets only the start, the command line and tests know the wiring', () => {
    const wrong = productImports.filter(
      (one) => wiring.includes(targetFile(one)) && !mayImportCompose.includes(homeOf(one.file)),
    )
    expect(wrong.map(show)).toEqual([])
  })

  it('keeps test helpers out of the product', () => {
    const wrong = productImports.filter(
      (one) =>
        one.file.startsWith('src/') &&
        (/^(test|bench|conformance)\//.test(targetFile(one)) || isTest(targetFile(one))),
    )
    expect(wrong.map(show)).toEqual([])
  })

  it('reads the environment only in config.ts and the start', () => {
    const readers = sourceFiles().filter(
      (file) =>
        file.startsWith('src/') &&
        !isTest(file) &&
        readFileSync(join(root, file), 'utf8').includes('process.env'),
    )
    expect(readers).toEqual(['src/main.ts'])
  })

  it('goes no deeper than src/a/b/c.ts', () => {
    const deep = sourceFiles().filter(
      (file) => file.startsWith('src/') && file.split('/').length > 4,
    )
    expect(deep).toEqual([])
  })

  it('mocks no modules', () => {
    const pattern = new RegExp(['vi', '\\.(mock|doMock)\\('].join(''))
    const mocking = sourceFiles().filter((file) =>
      pattern.test(readFileSync(join(root, file), 'utf8')),
    )
    expect(mocking).toEqual([])
  })
})
