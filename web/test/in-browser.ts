import { describe } from 'vitest'
import { chromiumPath } from './chromium.ts'

/** A suite that needs a browser: skipped, saying so, where there is none. */
export function describeInBrowser(name: string, suite: () => void): void {
  const skipped = chromiumPath ? '' : ' (skipped: no Chromium; apt install chromium)'
  describe.skipIf(!chromiumPath)(`${name}${skipped}`, suite)
}
