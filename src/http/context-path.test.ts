import { fastify } from 'fastify'
import { describe, expect, it } from 'vitest'
import { baseUrlOf, withoutContextPath } from './context-path.ts'

function server(contextPath: string, publicUrl?: string) {
  const made = fastify({ rewriteUrl: withoutContextPath(contextPath) })
  made.get('/rest/where', async (request) => baseUrlOf(request, publicUrl))
  made.get('/api/where', async (request) => baseUrlOf(request, publicUrl))
  const ask = async (url: string) => {
    const answer = await made.inject({ url, headers: { host: 'h:1' } })
    return answer.statusCode === 200 ? answer.body : answer.statusCode
  }
  return { ask }
}

describe('a context path', () => {
  it.each([
    ['/jira', undefined, '/rest/where?a=/jira/rest/', 'http://h:1'],
    ['/jira', undefined, '/jira/rest/where?a=1', 'http://h:1/jira'],
    ['/jira', undefined, '/jirarest/where', 404],
    ['/jira', undefined, '/jira/api/where', 404],
    ['/jira', undefined, '/jira/jira/rest/where', 404],
    ['', undefined, '/jira/rest/where', 404],
    ['/a/b', undefined, '/a/b/rest/where', 'http://h:1/a/b'],
    ['/jira', 'https://x.example/jira', '/jira/rest/where', 'https://x.example/jira'],
    ['/jira', 'https://x.example', '/jira/rest/where', 'https://x.example/jira'],
    ['/jira', 'https://x.example', '/api/where', 'https://x.example'],
  ])('%s, public %s: %s leads to %s', async (contextPath, publicUrl, url, expected) => {
    expect(await server(contextPath, publicUrl).ask(url)).toBe(expected)
  })
})
