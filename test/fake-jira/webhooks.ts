import { createHmac, randomUUID } from 'node:crypto'
import { userBean, worklogBean } from './beans.ts'
import { fieldsOf, issueBean } from './issue-bean.ts'
import type { Call } from './route.ts'
import type { WorldEvent } from './world-types.ts'

/** Where an administrator lets Jira report to; without events it is told everything. */
export type WebhookTarget = {
  readonly url: string
  /** Cloud signs the body with it; Data Center cannot sign. */
  readonly secret?: string
  readonly events?: readonly string[]
}

/** One delivery and what the other side said to it. */
export type Delivery = {
  readonly event: string
  readonly identifier: string
  readonly status: number
}

/** Admin webhooks, sent only when a test says so: nothing arrives by surprise. */
export type Webhooks = {
  register(target: WebhookTarget): () => void
  /** Sends what has happened since the last time, each `times` over, in order. */
  deliver(options?: { times?: number }): Promise<Delivery[]>
  /** Forgets what has not been sent, as a Jira that was down for a while. */
  drop(): number
  pending(): number
}

/** Webhooks over the world's events; `call` is the view the bodies are rendered in. */
export function makeWebhooks(call: () => Call): Webhooks {
  const targets = new Set<WebhookTarget>()
  let waiting: { readonly name: string; readonly json: object }[] = []

  call().world.onEvent((event) => {
    if (targets.size > 0) waiting.push(...messagesOf(call(), event))
  })

  return {
    register(target) {
      targets.add(target)
      return () => targets.delete(target)
    },
    async deliver({ times = 1 } = {}) {
      const messages = waiting
      waiting = []
      const deliveries: Delivery[] = []
      for (const { name, json } of messages) {
        for (const target of targets) {
          if (target.events && !target.events.includes(name)) continue
          const identifier = randomUUID()
          for (let time = 0; time < times; time += 1) {
            const status = await post(call(), target, identifier, JSON.stringify(json), time)
            deliveries.push({ event: name, identifier, status })
          }
        }
      }
      return deliveries
    },
    drop() {
      const count = waiting.length
      waiting = []
      return count
    },
    pending: () => waiting.length,
  }
}

async function post(
  { dialect }: Call,
  { url, secret }: WebhookTarget,
  identifier: string,
  body: string,
  time: number,
): Promise<number> {
  const signature =
    secret !== undefined && dialect === 'cloud'
      ? { 'X-Hub-Signature': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}` }
      : {}
  const answer = await fetch(url, {
    method: 'POST',
    body,
    headers: {
      'Content-Type': 'application/json; charset=UTF-8',
      'User-Agent': 'Atlassian HttpClient unknown / JIRA-9.12.0 (912000) / Default',
      'X-Atlassian-Webhook-Identifier': identifier,
      ...(time > 0 ? { 'X-Atlassian-Webhook-Retry': String(time) } : {}),
      ...signature,
    },
  })
  await answer.arrayBuffer()
  return answer.status
}

function messagesOf(call: Call, event: WorldEvent): { name: string; json: object }[] {
  if (!('worklog' in event)) {
    const issue = issueBean(call, event.issue, fieldsOf([], '*navigable'))
    const items = event.changes.map(({ field, from, to }) => ({
      field,
      fieldtype: 'jira',
      from: null,
      fromString: from,
      to: null,
      toString: to,
    }))
    const changelog = items.length > 0 ? { changelog: { id: String(event.at), items } } : {}
    const json = { timestamp: event.at, webhookEvent: event.kind, issue, ...changelog }
    return [{ name: event.kind, json }]
  }
  const { worklog, actorId, at, kind } = event
  const { self, author, updateAuthor, comment, created, updated, ...rest } = {
    author: undefined,
    updateAuthor: undefined,
    comment: undefined,
    ...worklogBean(call, worklog),
  }
  const bean = { self, author, updateAuthor, comment, created, updated, ...rest }
  const messages: { name: string; json: object }[] = [
    { name: kind, json: { timestamp: at, webhookEvent: kind, worklog: bean } },
  ]
  // Data Center also fires an issue event, the same one for edit and deletion.
  const issue = call.world.state.issues.get(worklog.issueId)
  if (call.dialect === 'dc' && issue && kind !== 'worklog_created') {
    const actor = actorId === undefined ? undefined : call.world.state.people.get(actorId)
    const name = 'jira:worklog_updated'
    const isGone = kind === 'worklog_deleted'
    const item = {
      field: 'WorklogId',
      fieldtype: 'jira',
      from: String(worklog.id),
      fromString: String(worklog.id),
      to: isGone ? '' : String(worklog.id),
      toString: isGone ? '' : String(worklog.id),
    }
    messages.push({
      name,
      json: {
        timestamp: at,
        webhookEvent: name,
        ...(actor ? { user: userBean(call, actor) } : {}),
        issue: issueBean(call, issue, fieldsOf([], '*navigable')),
        changelog: { id: String(at), items: [item] },
      },
    })
  }
  return messages
}
