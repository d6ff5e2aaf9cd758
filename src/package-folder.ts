import { createRequire } from 'node:module'
import { dirname } from 'node:path'

/** Where this package lies, seen from src/ and from the bundle in dist/ alike. */
export const packageFolder = dirname(
  createRequire(import.meta.url).resolve('hourbook/package.json'),
)
