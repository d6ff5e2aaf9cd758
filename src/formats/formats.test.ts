import { describe, expect, it } from 'vitest'
import { type FormatName, formats, isFormatName } from './formats.ts'
import { aTable, readAll } from './writer.contract.ts'

describe('formats', () => {
  it.each(['csv', 'json', 'ndjson', 'text', 'xlsx', 'xml'])('knows %s', (name) => {
    expect(isFormatName(name)).toBe(true)
  })

  it.each(['', 'CSV', 'pdf', 'toString', '__proto__'])('does not know "%s"', (name) => {
    expect(isFormatName(name)).toBe(false)
  })

  it.each(Object.keys(formats) as FormatName[])('writes %s through the table', async (name) => {
    const bytes = await readAll(formats[name].write(aTable(['a'], [['x']]), { bom: false }))
    expect(bytes.length).toBeGreaterThan(0)
  })
})
