import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import { until } from './until.ts'

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

type Result = {
  readonly violations: readonly {
    readonly id: string
    readonly impact: string | null
    readonly help: string
    readonly nodes: readonly {
      readonly target: readonly unknown[]
      readonly failureSummary: string
    }[]
  }[]
}

/** What depends on the colours alone, for a page that was looked at in others. */
export const colourRules = ['color-contrast', 'link-in-text-block'] as const

type Look = {
  /** Only within this, by selector. */
  readonly within?: string | undefined
  readonly rules?: readonly string[] | undefined
}

/** Serious and critical problems of accessibility on the page, once it is up to date, in words. */
export async function accessibilityProblems(
  page: Page,
  { within, rules }: Look = {},
): Promise<string[]> {
  // What is being renewed is faint for that moment.
  await until(page, `document.querySelector('[data-stale]') === null`)
  // Through the debugger, which no content policy stops.
  if (!(await page.evaluate('typeof axe === "object"'))) await page.evaluate(source)
  const { violations } = await page.evaluate(
    `axe.run(${within === undefined ? 'document' : JSON.stringify(within)}, ${JSON.stringify({
      resultTypes: ['violations'],
      ...(rules ? { runOnly: rules } : {}),
    })})` as unknown as () => Promise<Result>,
  )
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, help, nodes }) =>
      nodes.map((node) => `${id}: ${help} at ${node.target.join(' ')}: ${node.failureSummary}`),
    )
}
