import { describe, expect, it } from 'vitest'
import { decodeFrames, encodeFrame, type Frame } from './frames.ts'

describe('frames', () => {
  it('come back whole however the bytes are cut, one cut off at the end dropped', async () => {
    const frames: Frame[] = [
      { kind: 'out', bytes: Buffer.from('äöü') },
      { kind: 'err', bytes: Buffer.alloc(0) },
      { kind: 'out', bytes: Buffer.alloc(70_000, 1) },
      { kind: 'exit', code: 2 },
    ]
    const whole = Buffer.concat([
      ...frames.map(encodeFrame),
      encodeFrame(frames[0]!).subarray(0, 6),
    ])
    for (const size of [1, 3, 7, 65_536, whole.length]) {
      const chunks = async function* () {
        for (let at = 0; at < whole.length; at += size) yield whole.subarray(at, at + size)
      }
      const found: Frame[] = []
      for await (const frame of decodeFrames(chunks())) found.push(frame)
      expect(found).toEqual(frames)
    }
  })
})
