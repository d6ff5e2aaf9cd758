import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { coveragePage, hasSpecifications, renderCoverage } from '../../../test/tempo-coverage.ts'

const skipped = hasSpecifications ? '' : ' (skipped: the specifications are not there)'

it.skipIf(!hasSpecifications)(`docs/coverage.md is not stale${skipped}`, async () => {
  // Run `npm run coverage` when this fails.
  expect(readFileSync(coveragePage, 'utf8')).toBe(await renderCoverage())
})
