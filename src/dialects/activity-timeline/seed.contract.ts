import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

// The examples of seed 004 are compared from where the seed lies, beside the project: it is a
// document of somebody else's, and nothing of it is kept here.

const place = fileURLToPath(
  new URL('../../../../shared/seeds/004-activitytimeline-rest.txt', import.meta.url),
)

/** The seed's text, or undefined where it is not at hand. */
export const seedText = existsSync(place) ? read(place) : undefined

function read(file: string): string {
  return readFileSync(file, 'utf8').replaceAll('\u00a0', ' ')
}

/** The success example below a heading such as `GET /rest/api/1/timeline?`. */
export function exampleOf(heading: string): string {
  const text = seedText ?? ''
  const from = text.indexOf(`\n${heading}`)
  if (from < 0) throw new Error(`the seed has no ${heading}`)
  const status = text.indexOf('STATUS 200', from)
  const code = text.indexOf('CODE\n', status) + 5
  return text.slice(code, text.indexOf('\nSTATUS 4', code)).trim()
}

/** JSON without blanks between its parts, every character of it kept: numbers of any size, `8.0`. */
export function compact(json: string): string {
  return json.replace(/("(?:[^"\\]|\\.)*")|\s+/g, (_, text?: string) => text ?? '')
}

/** JSON as a value that keeps the digits of each number, and tells a number from a text. */
export function lossless(json: string): unknown {
  return JSON.parse(
    json.replace(
      /("(?:[^"\\]|\\.)*")|(-?\d+(?:\.\d+)?)/g,
      (_, text?: string, number?: string) => text ?? `"#${number}"`,
    ),
  )
}
