import { expect, it } from 'vitest'
import { curlOf, foreignApis, requestOf } from './foreign-apis.ts'

const of = (id: string) => {
  const api = foreignApis.find((one) => one.id === id)
  if (!api) throw new Error(id)
  return requestOf(api, "a'b&c", '2026-03-02', '2026-03-08')
}

it('carries the secret where each API wants it', () => {
  expect(of('tempo-4').headers).toEqual({ Authorization: "Bearer a'b&c" })
  expect(of('time-tracker').headers).toEqual({ Authorization: "Apikey a'b&c" })
  expect(of('activity-timeline').headers).toEqual({ 'auth-token': "a'b&c" })
  expect(of('tempo-servlet').path).toMatch(/&tempoApiToken=a'b%26c$/)
})

it('writes lines a shell reads as they are meant', () => {
  expect(curlOf('https://h.example', of('tempo-4'))).toBe(
    `curl -H 'Authorization: Bearer a'\\''b&c' 'https://h.example/4/worklogs?from=2026-03-02&to=2026-03-08&limit=5'`,
  )
})
