import { describe } from 'vitest'
import { aBook } from '../../test/book.ts'
import { openMemoryDatabase, withDatabase } from '../../test/database.ts'
import { worklogBookContract } from './worklog-book.contract.ts'

withDatabase(openMemoryDatabase, (database) => {
  describe('the own book', () =>
    worklogBookContract(async () => {
      const book = await aBook(database())
      return {
        ...book,
        actor: book.actor(book.ann),
        stranger: book.actor(book.bob),
        issueKey: book.issue.key,
        close: async () => {},
      }
    }))
})
