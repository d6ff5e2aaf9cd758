import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DomainError } from '../domain/errors.ts'
import {
  type JiraDurationFormat,
  type JiraDurationSettings,
  parseJiraDuration,
  renderJiraDuration,
} from './duration.ts'

const office = { hoursPerDay: 8, daysPerWeek: 5 }
const clock = { hoursPerDay: 24, daysPerWeek: 7 }
const formats: readonly JiraDurationFormat[] = ['pretty', 'hours', 'days']
const dataFolder = resolve(import.meta.dirname, '../../../shared/data')

describe('parseJiraDuration', () => {
  it.each([
    ['3h 20m', 12_000],
    ['1d', 28_800],
    ['1w', 144_000],
    ['1w 2d 3h 4m', 212_640],
    ['4m 3h 2d 1w', 212_640],
    ['90', 5400],
    ['1.5h', 5400],
    ['.5h', 1800],
    ['0.5d', 14_400],
    ['0.05h', 180],
    ['2H30M', 9000],
    ['1d4h', 43_200],
    ['1h 1h', 7200],
    ['1h 30', 5400],
    ['  30m  ', 1800],
    ['1 h', undefined],
    ['1,008h', 3_628_800],
    ['0m', 0],
  ])('%j is %d s in a Jira of 8 hours and 5 days', (text, seconds) => {
    if (seconds === undefined) expect(() => parseJiraDuration(text, office)).toThrow(DomainError)
    else expect(parseJiraDuration(text, office)).toBe(seconds)
  })

  it.each([
    '',
    ' ',
    'abc',
    'h',
    '1x',
    '-1h',
    '1h -30m',
    '0.02h',
    '1,5h',
    '1,0080h',
    '1.5.5h',
    '1.',
    '1h,30m',
    '1e3',
    '99999999999999999999w',
  ])('refuses %j', (text) => {
    expect(() => parseJiraDuration(text, office)).toThrow('Invalid time duration entered.')
  })

  it('takes a bare number in the default unit', () => {
    expect(parseJiraDuration('2', { ...office, defaultUnit: 'h' })).toBe(7200)
    expect(parseJiraDuration('1.5', { ...office, defaultUnit: 'd' })).toBe(43_200)
  })

  it('counts with broken days and weeks, to the minute', () => {
    expect(parseJiraDuration('1d', { hoursPerDay: 7.6, daysPerWeek: 5.5 })).toBe(27_360)
    expect(parseJiraDuration('1w', { hoursPerDay: 7.6, daysPerWeek: 5.5 })).toBe(150_480)
    expect(parseJiraDuration('1d', { hoursPerDay: 7.333, daysPerWeek: 5 })).toBe(26_400)
  })
})

describe('renderJiraDuration', () => {
  it.each<[number, JiraDurationSettings, JiraDurationFormat, string]>([
    [12_000, office, 'pretty', '3h 20m'],
    [97_200, office, 'pretty', '3d 3h'],
    [199_800, office, 'pretty', '1w 1d 7h 30m'],
    [0, office, 'pretty', '0m'],
    [59, office, 'pretty', '0m'],
    [0, clock, 'hours', '0h'],
    [1800, clock, 'hours', '0.5h'],
    [12_600, clock, 'hours', '3.5h'],
    [86_400, clock, 'hours', '24h'],
    [604_800, clock, 'hours', '168h'],
    [3_628_800, clock, 'hours', '1,008h'],
    [7800, clock, 'hours', '2h 10m'],
    [1200, clock, 'hours', '20m'],
    [34_800, clock, 'hours', '9h 40m'],
    [7_561_800, clock, 'hours', '2,100.5h'],
    [0, office, 'days', '0d'],
    [131_400, office, 'days', '4d 4.5h'],
    [28_800, office, 'days', '1d'],
    [9000, office, 'days', '2.5h'],
    [30_000, office, 'days', '1d 20m'],
    [-5400, office, 'pretty', '-1h 30m'],
  ])('%d s, %j, %s: %s', (seconds, settings, format, text) => {
    expect(renderJiraDuration(seconds, settings, format)).toBe(text)
  })

  it('is read back by parseJiraDuration in every format and Jira', () => {
    const settings = fc.record({
      hoursPerDay: fc.constantFrom(24, 8, 7.5, 7.6, 7.333, 6),
      daysPerWeek: fc.constantFrom(7, 5, 5.5, 4),
    })
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 600_000 }),
        settings,
        fc.constantFrom(...formats),
        (minutes, jira, format) => {
          const text = renderJiraDuration(minutes * 60, jira, format)
          expect(parseJiraDuration(text, jira)).toBe(minutes * 60)
        },
      ),
      { numRuns: 3000 },
    )
  })
})

describe.skipIf(!existsSync(dataFolder))(`real samples (skipped without ${dataFolder})`, () => {
  it.each<[string, JiraDurationSettings, JiraDurationFormat, number]>([
    ['jira-duraspace-2014.ndjson.gz', office, 'pretty', 64],
    ['jira-apache-2014.ndjson.gz', clock, 'hours', 20],
    ['jira-apache-arrow-2022.ndjson.gz', clock, 'hours', 7],
    ['jira-apache-2025.ndjson.gz', clock, 'hours', 9],
    ['jira-cloud-devlake.json', office, 'pretty', 9],
  ])('%s: timetracking reads and writes alike', (file, settings, format, count) => {
    const samples = timeTracking(issuesOf(file))
    expect(samples.size).toBe(count)
    for (const [text, seconds] of samples) {
      expect(`${text} ${parseJiraDuration(text, settings)}`).toBe(`${text} ${seconds}`)
      expect(renderJiraDuration(seconds, settings, format)).toBe(text)
    }
  })

  it.each<[string, JiraDurationSettings]>([
    ['jira-duraspace-2014.ndjson.gz', office],
    ['jira-apache-2014.ndjson.gz', clock],
    ['jira-apache-arrow-2022.ndjson.gz', clock],
    ['jira-apache-2025.ndjson.gz', clock],
    ['jira-cloud-devlake.json', office],
  ])("%s: the worklogs' own timeSpent is pretty", (file, settings) => {
    for (const [text, seconds] of timesSpent(issuesOf(file))) {
      expect(`${text} ${parseJiraDuration(text, settings)}`).toBe(`${text} ${seconds}`)
      expect(renderJiraDuration(seconds, settings)).toBe(text)
    }
  })
})

type Sampled = {
  fields: {
    timetracking?: Record<string, string | number>
    worklog?: { worklogs: { timeSpent: string; timeSpentSeconds: number }[] }
  }
}

function issuesOf(file: string): Sampled[] {
  const bytes = readFileSync(resolve(dataFolder, file))
  if (file.endsWith('.json')) return JSON.parse(bytes.toString()).issues
  const lines = gunzipSync(bytes).toString().trim().split('\n')
  return lines.map((line) => JSON.parse(line))
}

function timeTracking(issues: Sampled[]): Map<string, number> {
  const samples = new Map<string, number>()
  for (const { fields } of issues) {
    for (const name of ['originalEstimate', 'remainingEstimate', 'timeSpent']) {
      const text = fields.timetracking?.[name]
      if (text !== undefined) {
        samples.set(String(text), Number(fields.timetracking?.[`${name}Seconds`]))
      }
    }
  }
  return samples
}

function timesSpent(issues: Sampled[]): Map<string, number> {
  const entries = issues.flatMap(({ fields }) => fields.worklog?.worklogs ?? [])
  return new Map(entries.map((entry) => [entry.timeSpent, entry.timeSpentSeconds]))
}
