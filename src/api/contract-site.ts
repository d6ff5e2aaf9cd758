import { type Static, Type } from '@sinclair/typebox'
import { firstSteps } from '../domain/first-start.ts'
import { closed, Moment, nullable, oneOf } from './contract-common.ts'

/** How the server stands: shown to administrators. */
export const HealthAnswer = closed({
  version: Type.String(),
  nodeVersion: Type.String(),
  startedAt: Moment,
  memoryBytes: Type.Integer(),
  requests: closed({
    count: Type.Integer({ description: 'Answered since the start' }),
    failed: Type.Integer({ description: 'With a fault of the server' }),
    averageMs: Type.Number(),
    slow: Type.Integer({ description: 'Took longer than a second' }),
  }),
  database: closed({
    engine: oneOf(['embedded', 'postgresql']),
    version: Type.String({ description: 'Of PostgreSQL, embedded or not' }),
    sizeBytes: Type.Integer(),
    schemaVersion: Type.Integer(),
    worklogs: Type.Integer({ description: 'Of this site, without deleted ones' }),
    people: Type.Integer(),
  }),
  backup: closed({
    mark: nullable(
      Type.String({ description: 'The file whose time says when the last one ended' }),
    ),
    lastAt: nullable(Moment),
  }),
  syncSeconds: Type.Integer({ description: 'Between two looks at a Jira; 0 for never' }),
  settings: Type.Array(
    closed({ name: Type.String(), value: Type.String(), meaning: Type.String() }),
    { description: 'What is set from outside; secrets are masked' },
  ),
})
export type HealthBody = Static<typeof HealthAnswer>

/** What a new site still needs: shown to administrators. */
export const FirstStartAnswer = closed({
  steps: Type.Array(closed({ id: oneOf(firstSteps), isDone: Type.Boolean() })),
  isEmpty: Type.Boolean({ description: 'Only then the sample company can move in' }),
  hasJira: Type.Boolean(),
})
export type FirstStartBody = Static<typeof FirstStartAnswer>

export const SampleAnswer = closed({
  people: Type.Integer(),
  issues: Type.Integer(),
  worklogs: Type.Integer(),
})
export type SampleBody = Static<typeof SampleAnswer>
