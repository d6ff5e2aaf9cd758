import type { FastifyInstance } from 'fastify'
import type { FirstStart } from '../domain/first-start.ts'
import { FirstStartAnswer, SampleAnswer } from './contract.ts'
import { actorOf } from './needs.ts'
import { answer, operation } from './operation.ts'

/** A site that has just begun: what it still needs, and the sample company to look at. */
export function registerFirstStart(scope: FastifyInstance, firstStart: FirstStart): void {
  scope.get(
    '/first-start',
    {
      config: { access: 'admin' },
      schema: operation({
        id: 'getFirstStart',
        tag: 'Site',
        summary: 'What a new site still needs',
        description: 'Five steps and which of them are done. For administrators.',
        answers: { 200: answer('The steps', FirstStartAnswer) },
      }),
    },
    async (request) => firstStart.look(actorOf(request)),
  )

  scope.post(
    '/first-start/sample',
    {
      config: { access: 'admin' },
      schema: operation({
        id: 'fillSample',
        tag: 'Site',
        summary: 'Let the sample company move in',
        description:
          'Only into a site that has nobody but its administrator: 409 otherwise. To be rid of it again, begin with another data folder or database.',
        answers: { 201: answer('How much of it there is', SampleAnswer) },
      }),
    },
    async (request, reply) => reply.code(201).send(await firstStart.fillSample(actorOf(request))),
  )
}
