import { parseArgs } from 'node:util'
import { startFakeJira } from './fake-jira.ts'
import { aGoldenWorld } from './golden-world.ts'
import { loadWorldFrom } from './load.ts'
import { wallClock } from './wall-clock.ts'

const usage = `npm run fake-jira -- [--port N] [--dialect cloud|dc] [--data FILE ...] [--path /jira]`

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '8090' },
    dialect: { type: 'string', default: 'cloud' },
    data: { type: 'string', multiple: true },
    path: { type: 'string', default: '' },
    help: { type: 'boolean', default: false },
  },
})
const { dialect } = values
if (values.help || (dialect !== 'cloud' && dialect !== 'dc')) {
  console.error(usage)
  process.exit(2)
}

const clock = wallClock()
const world = values.data ? await loadWorldFrom(values.data, { clock }) : aGoldenWorld({ clock })
clock.release()
const jira = await startFakeJira({
  dialect,
  world,
  port: Number(values.port),
  contextPath: values.path,
})
const { email, apiToken, username, password, pat } = jira.credentials()
console.log(`listening on ${jira.url}`)
console.log(
  dialect === 'cloud'
    ? `e-mail ${email}\nAPI token ${apiToken}\nOAuth client ${jira.oauth.client.id} ` +
        `${jira.oauth.client.secret} at ${jira.authUrl}/oauth/token, ` +
        `code ${jira.oauth.authorize(world.admin)}`
    : `user ${username}\npassword ${password}\npersonal access token ${pat}`,
)
console.log(
  `${world.state.worklogs.size} worklogs on ${world.state.issues.size} issues ` +
    `in ${world.state.projects.size} projects`,
)
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void jira.close().then(() => process.exit(0)))
}
