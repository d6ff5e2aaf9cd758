import type { ProblemBody } from '../../../src/api/contract.ts'

/** The server refused: what it said, and the request it said it to. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError'
  readonly problem: ProblemBody
  readonly requestId: string

  constructor(problem: ProblemBody, requestId: string) {
    super(problem.detail)
    this.problem = problem
    this.requestId = requestId
  }

  get status(): number {
    return this.problem.status
  }

  get code(): string {
    return this.problem.code
  }

  /** What is wrong with this field of the form, if anything. */
  field(name: string): string | undefined {
    return this.problem.problems?.find(({ field }) => field === name)?.message
  }
}

/** The request did not reach the server, or no answer came back. */
export class AwayError extends Error {
  override readonly name = 'AwayError'
}

/** What to tell a person of whatever was thrown. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
