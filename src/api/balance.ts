import type { FastifyInstance } from 'fastify'
import { type BalanceOfSpan, readBalance } from '../domain/balance.ts'
import { type Period, parsePeriod } from '../domain/day.ts'
import { invalidField } from '../domain/errors.ts'
import { spanLabel, spanPeriod, spansOf } from '../domain/time-spans.ts'
import { completenessOf } from './completeness.ts'
import { BalanceAnswer, BalanceQuery, ref } from './contract.ts'
import { type ApiNeeds, actorOf } from './needs.ts'
import { answer, operation } from './operation.ts'
import { peopleNamed, teamsNamed } from './plan-filters.ts'

const mostSpans = 400

export function registerBalance(scope: FastifyInstance, needs: ApiNeeds): void {
  const { store, now } = needs
  scope.get<{ Querystring: BalanceQuery }>(
    '/balance',
    {
      config: { access: 'read' },
      schema: operation({
        id: 'getBalance',
        tag: 'Reports',
        summary: 'Required, planned and logged time side by side',
        description:
          'Of everybody you see, or the teams and people named, by day, week or month. At most 400 spans, 1,000 people, 1,100 days and 200,000 days of all people.',
        querystring: BalanceQuery,
        answers: { 200: answer('The figures', ref(BalanceAnswer)) },
      }),
    },
    async (request) => {
      const actor = actorOf(request)
      const { by = 'week', from, to, team, person } = request.query
      const period = parsePeriod(from, to)
      const { firstWeekday } = await store.sites.get(actor.siteId)
      const starts = spansOf(by, period, firstWeekday, mostSpans)
      if (starts.length > mostSpans)
        throw invalidField('by', `at most ${mostSpans} spans at once; ask for longer ones`)
      const teamIds = await teamsNamed(store, actor.siteId, team)
      const personIds = await peopleNamed(store, actor.siteId, person)
      const { spans, tally, peopleCount, hiddenPeople } = await readBalance(
        store,
        actor,
        {
          period,
          spans: starts.map((start) => cut(spanPeriod(by, start), period)),
          ...(teamIds ? { teamIds } : {}),
          ...(personIds ? { personIds } : {}),
        },
        now(),
      )
      const total = (of: (span: BalanceOfSpan) => number) =>
        spans.reduce((sum, span) => sum + of(span), 0)
      return {
        ...period,
        by,
        peopleCount,
        hiddenPeople,
        spans: spans.map((span, at) => ({
          key: starts[at]!,
          label: spanLabel(by, starts[at]!, firstWeekday),
          ...span,
        })),
        total: {
          requiredSeconds: total(({ requiredSeconds }) => requiredSeconds),
          plannedSeconds: total(({ plannedSeconds }) => plannedSeconds),
          loggedSeconds: total(({ loggedSeconds }) => loggedSeconds),
        },
        completeness: await completenessOf(needs, actor.siteId, tally),
      }
    },
  )
}

/** What of a span lies in the period. */
function cut({ from, to }: Period, period: Period): Period {
  return {
    from: from < period.from ? period.from : from,
    to: to > period.to ? period.to : to,
  }
}
