// Puts the server's modules and the packages it uses into a few files in dist/: Node reads them in a
// quarter of the time that 1,600 small ones take. The declarations beside them are tsc's.
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('.', import.meta.url))
const dist = join(root, 'dist')

const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: ['src/main.ts', 'src/index.ts'],
  outdir: dist,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  // They bring files of their own: a database, native code, pages.
  external: [
    '@electric-sql/pglite',
    '@node-rs/argon2',
    '@fastify/static',
    '@fastify/swagger-ui',
    'pg-native',
  ],
  // Packages in CommonJS ask for Node's modules in their own way.
  banner: {
    js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
  },
  keepNames: true,
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
})

// What an older build left would be shipped with this one. Last, so that a server that runs from here
// never looks for a file that is only on its way.
const written = new Set(Object.keys(metafile.outputs).map((path) => join(root, path)))
for (const name of readdirSync(dist, { recursive: true })) {
  const path = join(dist, name)
  if (path.endsWith('.js') && !written.has(path)) rmSync(path)
}

const folders = new Set(
  Object.keys(metafile.inputs).flatMap(
    (path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? [],
  ),
)
writeFileSync(join(dist, 'LICENCES.txt'), [...folders].sort().map(licenceOf).join('\n'))

/** Most licences want to go along with what is made from their code. */
function licenceOf(folder) {
  const { name, version, license } = JSON.parse(
    readFileSync(join(root, folder, 'package.json'), 'utf8'),
  )
  const file = readdirSync(join(root, folder)).find((one) => /^(licen[cs]e|copying)/i.test(one))
  const text = file ? readFileSync(join(root, folder, file), 'utf8') : ''
  return `${name} ${version} (${license})\n\n${text.trim()}\n\n`
}
