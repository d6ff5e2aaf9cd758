// Creates a fresh database cluster and ends. A process of its own, because the first-time creation
// leaves hundreds of megabytes behind that a server would carry for the rest of its life.
// Usage: node create-cluster.js FOLDER

import { PGlite } from '@electric-sql/pglite'

const folder = process.argv[2]
if (!folder) throw new Error('create-cluster: the folder is missing')
const pglite = await PGlite.create(folder)
await pglite.close()
process.exit(0)
