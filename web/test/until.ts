import type { Page } from 'playwright-core'
import { expect } from 'vitest'

/**
 * Waits until an expression of the page is true. Asked again and again from here: the page's own
 * polling would evaluate text, which its content policy refuses.
 */
export function until(page: Page, expression: string): Promise<void> {
  return expect.poll(() => page.evaluate(`Boolean(${expression})`)).toBe(true)
}
