// Creates a fresh database cluster and ends. A process of its own, because the first-time creation
// leaves hundreds of megabytes behind that a server would carry for the rest of its life.
// Usage: node create-cluster.js FOLDER
//        node create-cluster.js --pack   (when building: keeps one, so that a first start only unpacks)

import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { PGlite } from '@electric-sql/pglite'

const description = new URL('../package.json', import.meta.resolve('@electric-sql/pglite'))
const { version } = JSON.parse(readFileSync(description, 'utf8'))
/** Of the PGlite at hand: another one may write its clusters otherwise. */
const packed = fileURLToPath(new URL(`../dist/cluster-${version}.tar.gz`, import.meta.url))

const folder = process.argv[2]
if (!folder) throw new Error('create-cluster: the folder is missing')
if (folder === '--pack') await pack()
else {
  const loadDataDir = existsSync(packed) ? new Blob([readFileSync(packed)]) : undefined
  const pglite = await PGlite.create(folder, { loadDataDir })
  await pglite.close()
}
process.exit(0)

async function pack() {
  if (existsSync(packed)) return
  const pglite = await PGlite.create()
  await pglite.exec('checkpoint')
  const dump = await pglite.dumpDataDir('gzip')
  mkdirSync(fileURLToPath(new URL('../dist', import.meta.url)), { recursive: true })
  // Written aside and renamed: one cut short must not look finished.
  const draft = `${packed}.${process.pid}`
  writeFileSync(draft, Buffer.from(await dump.arrayBuffer()))
  renameSync(draft, packed)
  await pglite.close()
}
