// Builds the application into web/dist, with every file also compressed as browsers ask for it.
// Does nothing when neither the sources nor the packages changed since the last build.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { build } from 'vite'

const root = fileURLToPath(new URL('.', import.meta.url))
const dist = join(root, 'dist')
const stamp = join(dist, '.stamp')

const inputs = [
  ...filesIn(join(root, 'src')),
  ...filesIn(join(root, 'public')),
  ...['index.html', 'vite.config.ts', 'package.json', 'build.mjs'].map((name) => join(root, name)),
  join(root, '../package-lock.json'),
  // The one module of the server that runs in the browser as well.
  join(root, '../src/domain/duration.ts'),
]
const hash = createHash('sha256')
for (const path of inputs) hash.update(relative(root, path)).update(readFileSync(path))
const digest = hash.digest('hex')
if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) process.exit(0)

await build({ root, logLevel: 'warn' })
const compressed = filesIn(join(dist, 'assets')).filter((path) => /\.(js|css|svg)$/.test(path))
await Promise.all(compressed.map(compress))
writeFileSync(stamp, digest)

function filesIn(folder) {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
    .sort()
}

async function compress(path) {
  const bytes = readFileSync(path)
  const params = { [constants.BROTLI_PARAM_QUALITY]: 9 }
  const [br, gz] = await Promise.all([
    promisify(brotliCompress)(bytes, { params }),
    promisify(gzip)(bytes, { level: 9 }),
  ])
  writeFileSync(`${path}.br`, br)
  writeFileSync(`${path}.gz`, gz)
}
