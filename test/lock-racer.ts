// Takes the lock of the folder given whenever a line arrives on stdin, and says what came of it.
// A process of its own: tests race several of these and kill the winners.
import { createInterface } from 'node:readline'
import { DomainError } from '../src/domain/errors.ts'
import { lockFolder } from '../src/store/folder-lock.ts'

process.stdout.write('ready\n')
for await (const address of createInterface({ input: process.stdin })) {
  try {
    lockFolder(process.argv[2]!).announce(address)
    process.stdout.write('won\n')
  } catch (error) {
    const refused = error instanceof DomainError ? error.details.pid : error
    process.stdout.write(`lost to ${refused}\n`)
  }
}
