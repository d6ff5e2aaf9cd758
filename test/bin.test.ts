import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import { binary } from './server-process.ts'

it('a checkout that is not built says what to do', () => {
  const checkout = mkdtempSync(join(tmpdir(), 'hourbook-bin-'))
  try {
    cpSync(dirname(binary), join(checkout, 'bin'), { recursive: true })
    writeFileSync(join(checkout, 'package.json'), '{"type": "module"}')
    const script = join(checkout, 'bin/hourbook.js')
    const { status, stdout, stderr } = spawnSync(process.execPath, [script], { encoding: 'utf8' })
    expect([status, stdout, stderr]).toEqual([
      1,
      '',
      'hourbook is not built yet: run "npm run build" first\n',
    ])
  } finally {
    rmSync(checkout, { recursive: true, force: true })
  }
})
