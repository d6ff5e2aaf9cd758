import { describe, expect, it } from 'vitest'
import { aClock } from '../../test/clock.ts'
import { makePacer, type WaitHint, waitMs } from './pacer.ts'

describe('how long to wait', () => {
  const now = Date.UTC(2026, 2, 2)
  const none: WaitHint = { retryAfter: undefined, reset: undefined, attempt: 0 }
  const wait = (hint: Partial<WaitHint>, random = 0) =>
    waitMs(
      { ...none, ...hint },
      {
        now: () => now,
        random: () => random,
      },
    )

  it.each([
    ['seconds', { retryAfter: '7' }, 7_000],
    ['an HTTP date', { retryAfter: new Date(now + 9_000).toUTCString() }, 9_000],
    ['a date long past', { retryAfter: new Date(now - 9_000).toUTCString() }, 0],
    ['zero: go on', { retryAfter: '0' }, 0],
    ['the moment of reset', { reset: new Date(now + 11_000).toISOString() }, 11_000],
    [
      'Retry-After before reset',
      { retryAfter: '3', reset: new Date(now + 99_000).toISOString() },
      3_000,
    ],
    ['no more than two minutes', { retryAfter: '3600' }, 120_000],
  ])('heeds %s, and never less', (_, hint, least) => {
    expect(wait(hint)).toBe(least)
    expect(wait(hint, 0.999)).toBeLessThanOrEqual(least * 1.3)
    expect(wait(hint, 0.999)).toBeGreaterThanOrEqual(least)
  })

  it('doubles by itself from five seconds, spread by a third', () => {
    expect([0, 1, 2].map((attempt) => wait({ attempt }, 0.5))).toEqual([5_000, 10_000, 20_000])
    expect([wait({}, 0), wait({}, 0.9999)].map(Math.round)).toEqual([3_500, 6_500])
  })
})

describe('the pacer', () => {
  function aPacer() {
    const clock = aClock()
    const waited: number[] = []
    const wait = async (ms: number) => {
      waited.push(ms)
      clock.advance(ms)
    }
    return { pacer: makePacer({ now: clock.now, wait, random: () => 0.5 }), waited }
  }

  it('makes only what a pause is about wait', async () => {
    const { pacer, waited } = aPacer()
    pacer.pause({ endpoint: 'GET a' }, 'endpoint', 4_000)
    pacer.pause({ endpoint: 'POST b', issue: '1' }, 'issue', 2_000)
    await pacer.run({ endpoint: 'GET c' }, undefined, async () => {})
    await pacer.run({ endpoint: 'POST b', issue: '2' }, undefined, async () => {})
    expect(waited).toEqual([])
    await pacer.run({ endpoint: 'POST b', issue: '1' }, undefined, async () => {})
    await pacer.run({ endpoint: 'GET a' }, undefined, async () => {})
    expect(waited).toEqual([2_000, 2_000])
  })

  it('halves its places when told to slow down, and opens one after 200 clean answers', async () => {
    const { pacer } = aPacer()
    expect(pacer.places()).toBe(4)
    pacer.noteAnswer(true)
    expect(pacer.places()).toBe(2)
    pacer.pause({ endpoint: 'GET a' }, 'connection', 1)
    pacer.pause({ endpoint: 'GET a' }, 'connection', 1)
    expect(pacer.places()).toBe(1)
    for (let answers = 0; answers < 200; answers += 1) pacer.noteAnswer(false)
    expect(pacer.places()).toBe(2)
    for (let answers = 0; answers < 5_000; answers += 1) pacer.noteAnswer(false)
    expect(pacer.places()).toBe(8)
  })

  it('runs no more at once than it has places', async () => {
    const { pacer } = aPacer()
    let [running, most] = [0, 0]
    const work = async () => {
      running += 1
      most = Math.max(most, running)
      await Promise.resolve()
      running -= 1
    }
    await Promise.all(
      Array.from({ length: 20 }, () => pacer.run({ endpoint: 'x' }, undefined, work)),
    )
    expect(most).toBe(4)
  })
})
