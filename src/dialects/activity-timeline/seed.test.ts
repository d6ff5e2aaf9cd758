import { describe, expect, it } from 'vitest'
import { openMemoryDatabase, withDatabase } from '../../../test/database.ts'
import { compact, exampleOf, lossless, seedText } from './seed.contract.ts'
import { aWorld, type World } from './world.contract.ts'

const why = seedText === undefined ? ' (skipped: ../shared/seeds is not there)' : ''
const token = 'auth_token=YOUR_AUTH_TOKEN'

describe.skipIf(seedText === undefined)(`examples of seed 004${why}`, () => {
  withDatabase(openMemoryDatabase, (database) => {
    const open = (options?: Parameters<typeof aWorld>[1]) => aWorld(database(), options)

    /** The answer's own text against the example's, blanks aside. */
    const same = async (world: World, route: string, example: string) => {
      const { status, type, text } = await world.ask(route)
      expect([status, type, text]).toEqual([
        200,
        'application/json;charset=UTF-8',
        compact(example),
      ])
    }

    async function externalTeam(world: World) {
      const amy = await world.person('3786270175247354575', {
        username: 'amy.kartel',
        displayName: 'Amy Kartel',
        email: 'amy.kartel@company.com',
      })
      const bob = await world.person('4759616025136811794', {
        username: 'bob.robinson',
        displayName: 'Bob Robinson',
        email: 'bob.robinson@company.com',
      })
      const janny = await world.person('2612086174493854452', {
        username: 'janny.miller',
        displayName: 'Janny Miller',
        email: 'janny.miller@company.com',
      })
      await world.involvement(bob, 4)
      await world.rows('staff_position', [
        { id: '8582213406392863840', name: 'QA', description: 'QA Engineer', version: 0 },
        { id: '3712124335976172354', name: 'Consultant', description: null, version: 0 },
      ])
      await world.rows('person_position', [
        { person_id: amy.id, position_id: '8582213406392863840' },
        { person_id: bob.id, position_id: '3712124335976172354' },
      ])
      await world.team('1107507732947945188', 'External Team', [amy, bob, janny])
      return { amy, bob, janny }
    }

    async function plannedTeam(world: World) {
      const { amy, bob, janny } = await externalTeam(world)
      const trp = await world.site.aProject({ key: 'TRP', name: 'Reperi Product' })
      const issue = (jiraId: string, key: string, summary: string, estimates: [number, number]) =>
        world.site.anIssue({
          jiraId,
          key,
          summary,
          project: trp,
          originalEstimateSeconds: estimates[0],
          remainingEstimateSeconds: estimates[1],
        })
      const scheduled = async (
        id: string,
        [from, to]: [string, string],
        color: 'Red' | 'Purple' | 'None' | null,
        args: Parameters<typeof issue>,
      ) => ({
        id,
        kind: 'issue' as const,
        issueId: (await issue(...args)).id,
        from,
        to,
        color,
        title: '',
      })
      await world.events(amy, [
        await scheduled('273688659851364550', ['2016-07-13', '2016-07-13'], 'Red', [
          '20003',
          'TRP-10',
          'Incorrect wording on a label',
          [0, 0],
        ]),
        {
          id: '10913502816060634',
          uid: 'ae98fee1-96c1-4b0b-ada6-dd138e12e693',
          projectId: trp.id,
          title: 'potential work',
          from: '2016-07-14',
          to: '2016-07-15',
          secondsPerDay: 7_200,
        },
        await scheduled('4960169761522796814', ['2016-07-14', '2016-07-14'], 'None', [
          '16802',
          'TA-8',
          'Choose ISP',
          [0, 0],
        ]),
        {
          id: '4445216931731619881',
          kind: 'day-off',
          uid: '2db7247c-a0f5-4e3b-bfe5-4baf1df566fa',
          title: 'out of the office',
          from: '2016-07-11',
          to: '2016-07-12',
          color: 'Yellow',
        },
      ])
      await world.events(bob, [
        await scheduled('6068295962237947803', ['2016-07-11', '2016-07-22'], null, [
          '15103',
          'TDES-1',
          'Two new graphics',
          [57_600, 144_000],
        ]),
      ])
      const dialog = await issue('15104', 'TRP-4', 'Print dialog', [0, 0])
      await world.events(janny, [
        await scheduled('3121097772564302182', ['2016-07-12', '2016-07-12'], null, [
          '15106',
          'TDES-4',
          'Update default layout',
          [14_400, 5_400],
        ]),
        await scheduled('3954119684277487799', ['2016-07-11', '2016-07-11'], 'Purple', [
          '15105',
          'TDES-3',
          'Update title styles',
          [0, 0],
        ]),
        await scheduled('4134472451282322432', ['2016-07-13', '2016-07-15'], null, [
          '15100',
          'TRP-1',
          'Implement Data Migration Script',
          [57_600, 86_400],
        ]),
        {
          id: '41351470354940514',
          kind: 'placeholder',
          uid: 'ddc956ec-bb5b-4201-85ab-8f4f32f50e2c',
          projectId: trp.id,
          issueId: dialog.id,
          title: 'Add Print dialog',
          from: '2016-07-12',
          to: '2016-07-12',
          originalSeconds: 7_200,
          remainingSeconds: 7_200,
        },
      ])
    }

    const week = 'start=2016-07-11&end=2016-07-18&teamId=1107507732947945188'

    it('timeline of a team; its items in an order the seed has no rule for', async () => {
      const world = await open()
      await plannedTeam(world)
      const { text } = await world.ask(`GET /timeline?${week}`)
      const example = exampleOf(`GET /rest/api/1/timeline?${token}`)
      expect(itemsSorted(text)).toEqual(itemsSorted(compact(example)))
      const head = compact(example).split('"issues"')[0]
      expect(text.startsWith(head!)).toBe(true)
    })

    it('workload of a team', async () => {
      const world = await open()
      await plannedTeam(world)
      await world.settings({ activityTimelineWindow: 'seed' })
      const route = `GET /workload?${week}&startOffset=0&maxUsers=50`
      await same(world, route, exampleOf(`GET /rest/api/1/workload?${token}`))
    })

    async function plannedAdmin(world: World) {
      const adp = await world.site.aProject({ key: 'ADP', name: 'ADP' })
      const placeholder = async (
        id: string,
        uid: string,
        [day, title]: [string, string],
        [original, remaining]: [number, number],
        key?: string,
      ) => ({
        id,
        uid,
        kind: 'placeholder' as const,
        title,
        from: day,
        originalSeconds: original,
        remainingSeconds: remaining,
        color: 'Green' as const,
        ...(key === undefined
          ? {}
          : {
              projectId: adp.id,
              issueId: (await world.site.anIssue({ key, project: adp })).id,
            }),
      })
      await world.events(world.admin, [
        await placeholder(
          '1800561052349910244',
          'ce48f923-bb20-47c1-8a71-95aaa2742d6f',
          ['2020-07-29', 'Placeholder'],
          [18_000, 18_000],
        ),
        await placeholder(
          '2163682457033067837',
          'eb93d739-4aa7-4b1b-9b19-7b283d3b6442',
          ['2020-07-28', 'Test'],
          [18_000, 18_000],
          'ADP-69',
        ),
        await placeholder(
          '4519045037419348631',
          '6a2eb537-bf08-4403-a07a-2e8c8b520994',
          ['2020-07-30', 'My team issue'],
          [225_000, 225_000],
          'ADP-63',
        ),
        await placeholder(
          '7749083366501270133',
          '74f4b492-a4b9-432e-a463-cda63a7d447c',
          ['2020-07-27', 'API issue'],
          [0, 248_400],
          'ADP-66',
        ),
      ])
    }

    it('timeline of a user; generated keys without the hyphen of one product version', async () => {
      const world = await open()
      await plannedAdmin(world)
      const example = exampleOf(`GET /rest/api/1/timeline/$username?${token}`)
      const keys = example.replace(/"(ADP|_AT_)-(?=[0-9a-f]{8}-)/g, '"$1')
      await same(world, 'GET /timeline/ADMIN?start=2020-07-01&end=2020-07-30', keys)
    })

    it('workload of a user, counted from today', async () => {
      const world = await open({ now: () => Date.UTC(2020, 6, 30, 12) })
      await plannedAdmin(world)
      await world.settings({ activityTimelineWindow: 'seed', scope: 'fromToday' })
      const example = exampleOf(`GET /rest/api/1/workload/$username?${token}`)
      await same(world, 'GET /workload/admin?start=2020-07-01&end=2020-07-30', example)
    })

    it.each(['availability', 'capacity'])('%s of a team and of a user', async (figures) => {
      const period = 'start=2023-02-11&end=2023-02-18'
      for (const [heading, path] of [
        [`${figures}?`, `/${figures}?teamId=5648895637201243664&`],
        [`${figures}/$username?`, ''],
      ] as const) {
        const example = exampleOf(`GET /rest/api/1/${heading}`)
        const accountId = /"username":"([^"]+)"/.exec(compact(example))![1]!
        const world = await open()
        const user = await world.person('5412165287981567372', {
          accountId,
          displayName: 'Fefofi',
          email: 'person@company.com',
        })
        await world.team('5648895637201243664', 'Sample Team', [user])
        const route = path === '' ? `/${figures}/${accountId}?` : path
        await same(world, `GET ${route}${period}`, example)
      }
    })

    it('events are created, updated, deleted and shown', async () => {
      const world = await open({ newIds: ['3728690601734324315'] })
      await world.site.aProject({ key: 'TPA', name: 'TPA' })
      const made =
        'POST /event?username=admin&eventTypeId=1001&eventTitle=someTitle&projectKey=TPA&hours=7&start=2016-11-14&end=2016-11-14'
      await same(world, made, exampleOf(`POST /rest/api/1/event?${token}`))
      // The example's own id is larger than 64 bits hold.
      const updated = exampleOf(`PUT /rest/api/1/event?${token}`)
      const id = '3728690601734324315'
      const dates = 'title=New%20Title&start=2023-11-14&end=2023-11-14'
      const expected = updated.replace('24002553275837718634', id)
      await same(world, `PUT /event/${id}?${dates}`, expected)
      await same(world, `PUT /event?id=${id}&${dates}`, expected)
      await same(world, `DELETE /event/${id}`, exampleOf(`DELETE /rest/api/1/event/$id?${token}`))
      expect((await world.ask(`PUT /event/24002553275837718634?${dates}`)).status).toBe(400)

      const user = await world.person('5412165287981567373', {
        accountId: '557058:387baa8b-b43f-452e-cee0-08965456768',
      })
      const scrum = await world.site.aProject({ key: 'SCRUM', name: 'Scrum Project' })
      await world.events(user, [
        {
          id: '29686068180042429',
          uid: '2b4e3596-31f2-4099-bf80-89765656975f',
          projectId: scrum.id,
          title: 'Reservation',
          from: '2022-07-18',
          to: '2022-07-31',
          color: 'Green',
          secondsPerDay: 28_800,
        },
      ])
      // The example's UUID is one digit short.
      const shown = exampleOf(`GET /rest/api/1/event/$id?${token}`).replace(
        '89765656975"',
        '89765656975f"',
      )
      await same(world, 'GET /event/29686068180042429', shown)
      const colored = await world.ask('POST /event/29686068180042429/color?color=teal')
      expect(colored.text).toBe(
        compact(shown).replace('"29686068180042429"', '29686068180042429').replace('Green', 'Teal'),
      )
    })

    it('types of events, with ids of another system', async () => {
      const world = await open()
      const { engine } = database()
      const { siteId } = world.site
      const types = lossless(compact(exampleOf(`GET /rest/api/1/eventType/list?${token}`))) as {
        id: string
        name: string
      }[]
      await engine.db.deleteFrom('event_type').where('site_id', '=', siteId).execute()
      await world.rows(
        'event_type',
        types.map(({ id, name }) => ({
          id: id.slice(1),
          name,
          kind: name.toLowerCase(),
          is_system: true,
        })),
      )
      const { text } = await world.ask('GET /eventType/list')
      const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1)
      expect(lossless(text)).toEqual([...types].sort(byId))
    })

    it('teams, members and managers', async () => {
      const world = await open()
      await externalTeam(world)
      await world.team('387281612195971911', 'Developers Team')
      await world.team('7756417552636331634', 'QA Team')
      const list = await world.ask('GET /team/list')
      const listed = lossless(compact(exampleOf(`GET /rest/api/1/team/list?${token}`)))
      expect(sorted(lossless(list.text), 'id')).toEqual(sorted(listed, 'id'))
      await world.team('2782591321647696504', '[BP] Business Project Team')
      const of = '/team/2782591321647696504'
      const said = (heading: string) => exampleOf(heading).replaceAll("'", '"')
      const added = said(`POST /rest/api/1/team/$id/member?${token}`)
      await same(world, `POST ${of}/member?username=admin`, added)
      await same(world, `POST ${of}/member?username=admin`, added)
      // The example's second blank comes from the name of another team.
      const removed = said(`DELETE /rest/api/1/team/$id/member?${token}`).replace('  Team', ' Team')
      await same(world, `DELETE ${of}/member?username=admin`, removed)
      expect((await world.ask(`DELETE ${of}/member?username=admin`)).status).toBe(400)
      const manager = `${of}/manager?username=admin`
      await same(world, `POST ${manager}`, said(`POST /rest/api/1/team/$id/manager?${token}`))
      await same(world, `GET ${of}/manager`, said(`GET /rest/api/1/team/$id/manager?${token}`))
      await same(world, `DELETE ${manager}`, said(`DELETE /rest/api/1/team/$id/manager?${token}`))
      await same(world, `DELETE ${of}`, said(`DELETE /rest/api/1/team/$id?${token}`))
    })

    it('a team with the skills of its members', async () => {
      const world = await open()
      await externalTeam(world)
      const example = exampleOf(`GET /rest/api/1/team/$teamId?${token}`)
      const { members } = JSON.parse(example) as {
        members: {
          id: string
          skills: {
            skill: { id: string; skillName: string }
            level: { id: string; levelName: string; levelColor: string; defaultLevel: boolean }
          }[]
        }[]
      }
      await addSkills(world, members)
      const { text } = await world.ask('GET /team/1107507732947945188')
      expect(skillsSorted(text)).toEqual(skillsSorted(compact(example)))
    })

    it('projects and their state', async () => {
      const world = await open()
      const example = exampleOf(`GET /rest/api/1/project/list?${token}`)
      const projects = lossless(example) as {
        id: string
        name: string
        projectKey: string
        state: string
      }[]
      await world.rows(
        'project',
        projects.map(({ id, name, projectKey, state }, at) => ({
          id: id.slice(1),
          connection_id: 0,
          jira_id: at + 1,
          key: projectKey,
          name,
          is_active: state === 'active',
          version: 0,
        })),
      )
      await same(world, 'GET /project/list', example)
      const route = 'POST /project/1074321572696248313/state?state=inactive'
      await same(world, route, exampleOf(`POST /rest/api/1/project/$id/state?${token}`))
      const inactive = await world.ask('GET /project/list?state=inactive')
      expect(lossless(inactive.text)).toMatchObject([
        { projectKey: 'SPRINT' },
        { projectKey: 'AP', state: 'inactive' },
      ])
    })

    it('users, their skills, positions and roles', async () => {
      const world = await open()
      await world.person('11', { username: 'anna', displayName: 'Anna Jons' })
      await world.person('12', { username: 'erik', displayName: 'Erik Plain' })
      await same(world, 'GET /user', exampleOf(`GET /rest/api/1/user?${token}`))
      await world.person('13', {
        username: 'johnsmith',
        displayName: 'John Smith',
        role: 'administrator',
      })
      const role = exampleOf(`GET /rest/api/1/user/$username/role?${token}`)
      await same(world, 'GET /user/johnsmith/role', role)
      await world.rows('staff_position', [
        { id: '6343917500869986762', name: 'Developer', description: null, version: 0 },
        { id: '8219751323950402194', name: 'Tester', description: '', version: 0 },
      ])
      await world.rows('person_position', [
        { person_id: world.admin.id, position_id: '6343917500869986762' },
      ])
      await world.rows('skill', [
        { id: '5038994036906348198', name: 'JAVA', version: 0 },
        { id: '356054081858522338', name: 'API', version: 0 },
      ])
      await world.rows('skill_level', [
        {
          id: '3239422491610663746',
          name: 'Intermediate',
          color: 'FCA800',
          is_default: false,
          version: 0,
        },
        { id: '4033501717766817092', name: 'Low', color: 'FCA800', is_default: true, version: 0 },
      ])
      await world.rows('person_skill', [
        {
          person_id: world.admin.id,
          skill_id: '5038994036906348198',
          level_id: '3239422491610663746',
        },
      ])
      await same(world, 'GET /user/admin', exampleOf(`GET /rest/api/1/user/$username?${token}`))
      const skill = exampleOf(`GET /rest/api/1/user/$username/skill?${token}`)
      await same(world, 'GET /user/admin/skill', skill)
      const one = '/user/admin/skill/356054081858522338'
      const given = exampleOf(`POST /rest/api/1/user/$username/skill/$skillId?${token}`)
      await same(world, `POST ${one}`, given)
      const taken = exampleOf(`DELETE /rest/api/1/user/$username/skill/$skillId?${token}`)
      await same(world, `DELETE ${one}`, taken)
      const all = exampleOf(`DELETE /rest/api/1/user/$username/skill?${token}`)
      await same(world, 'DELETE /user/admin/skill', all)
      const position = '/user/admin/position?positionId=8219751323950402194'
      await same(
        world,
        `POST ${position}`,
        exampleOf(`POST /rest/api/1/user/$username/position?${token}`),
      )
      await same(
        world,
        `DELETE ${position}`,
        exampleOf(`DELETE /rest/api/1/user/$username/position?${token}`),
      )
    })

    it('skills, levels and positions', async () => {
      const world = await open()
      const skills = exampleOf(`GET /rest/api/1/skill?${token}`)
      const levels = exampleOf(`GET /rest/api/1/skill/level?${token}`)
      const positions = exampleOf(`GET /rest/api/1/position?${token}`)
      await world.rows(
        'skill',
        (lossless(skills) as { id: string; skillName: string }[]).map(({ id, skillName }) => ({
          id,
          name: skillName,
          version: 0,
        })),
      )
      await world.rows(
        'skill_level',
        (lossless(levels) as Level[]).map(({ id, levelName, levelColor, defaultLevel }) => ({
          id: id.slice(1),
          name: levelName,
          color: levelColor.slice(1),
          is_default: defaultLevel,
          version: 0,
        })),
      )
      await world.rows(
        'staff_position',
        (lossless(positions) as Position[]).map((position) => ({
          id: position.id.slice(1),
          name: position.positionNameLong,
          description: position.positionDescription,
          version: 0,
        })),
      )
      await same(world, 'GET /skill?startOffSet=0', skills)
      await same(world, 'GET /skill/level', levels)
      await same(world, 'GET /position', positions)
      const erik = await world.person('12', { username: 'erik', displayName: 'Erik Jons' })
      const anna = await world.person('11', { username: 'anna', displayName: 'Ana Lee' })
      const java = '5038994036906348198'
      await world.rows('person_skill', [
        { person_id: world.admin.id, skill_id: java, level_id: '3239422491610663746' },
        { person_id: erik.id, skill_id: java, level_id: '3239422491610663746' },
        { person_id: anna.id, skill_id: java, level_id: '149100742758843112' },
      ])
      await same(world, `GET /skill/${java}`, exampleOf(`GET /rest/api/1/skill/$id?${token}`))
      await world.rows('person_position', [
        { person_id: world.admin.id, position_id: '6343917500869986762' },
      ])
      const developer = exampleOf(`GET /rest/api/1/position/$id?${token}`)
      await same(world, 'GET /position/6343917500869986762', developer)
    })

    it('skills, levels and positions are created; only the ids differ', async () => {
      const world = await open()
      for (const [heading, query, name] of [
        ['skill', 'name=SKILL_NAME', 'skillId'],
        ['skill/level', 'name=Expert&color=FCA800', 'levelId'],
        ['position', 'name=Manager', 'positionId'],
      ] as const) {
        const { text } = await world.ask(`POST /${heading}?${query}`)
        const id = new RegExp(`"${name}":\\d+`)
        const example = compact(exampleOf(`POST /rest/api/1/${heading}?${token}`))
        expect(text.replace(id, '')).toBe(example.replace(id, ''))
        expect(text).toMatch(id)
        expect((await world.ask(`POST /${heading}?${query}`)).status).toBe(400)
      }
    })

    it('worklogs and their categories', async () => {
      const world = await open()
      const project = await world.site.aProject({ key: 'KAN', name: 'Kanban' })
      await world.site.anIssue({ key: 'KAN-175', jiraId: '12597', project })
      await world.person('14', {
        accountId: '557058:af2f543d-d6f7-4abc-a673-12355112323',
      })
      const { engine } = database()
      await engine.db
        .updateTable('site')
        .set({ next_jira_id: '11667' })
        .where('id', '=', world.site.siteId)
        .execute()
      const who = 'username=557058%3Aaf2f543d-d6f7-4abc-a673-12355112323'
      const rest = `${who}&issueKey=KAN-175&timeSpent=1h`
      const created = exampleOf(`POST /rest/api/1/worklog?${token}`)
      const made = `POST /worklog?date=2021-04-15%2001:14:00%20%2B0300&${rest}&comment=worklog%20comment`
      await same(world, made, created)
      const commented = (heading: string) =>
        exampleOf(heading).replace('"comment": ""', '"comment": "worklog comment"')
      const date = 'date=2021-04-15%2001:14:00%20%2B0300'
      const updated = commented(`PUT /rest/api/1/worklog/$id?${token}`)
      await same(world, `PUT /worklog/11667?${date}&${rest}`, updated)
      const approved = commented(`PUT /rest/api/1/worklog/approve/$id?${token}`)
      await same(world, 'PUT /worklog/approve/11667', approved)
      expect((await world.ask('DELETE /worklog/11667')).status).toBe(403)
      const taken = commented(`PUT /rest/api/1/worklog/unapprove/$id?${token}`)
      await same(world, 'PUT /worklog/unapprove/11667', taken)
      const deleted = exampleOf(`DELETE /rest/api/1/worklog/$id?${token}`)
      await same(world, 'DELETE /worklog/11667', deleted)
      const categories = exampleOf(`GET /rest/api/1/worklog/categories?${token}`)
      await same(world, 'GET /worklog/categories', categories)
    })

    it('lists of worklogs; within a moment the seed has no order', async () => {
      const world = await open()
      const example = exampleOf(`GET /rest/api/1/worklog/list?${token}`)
      const rows = lossless(example) as {
        date: string
        issueId: string
        issueKey: string
        username: string
        worklogId: string
      }[]
      const user = await world.person('15', { accountId: rows[0]!.username })
      const issues = new Map<string, Awaited<ReturnType<World['site']['anIssue']>>>()
      for (const { issueId, issueKey } of rows) {
        if (issues.has(issueKey)) continue
        const key = issueKey.split('-')[0]!
        const project = await world.site.aProject({ key, name: key })
        const jiraId = issueId.slice(1)
        issues.set(issueKey, await world.site.anIssue({ key: issueKey, jiraId, project }))
      }
      await world.site.worklogs(
        rows.map(({ date, issueKey, worklogId }) => ({
          jiraId: worklogId.slice(1),
          issue: issues.get(issueKey)!,
          author: user,
          startedAt: Date.parse(date),
          day: date.slice(0, 10),
          startTime: date.slice(11, 19),
          offsetSeconds: 10_800,
          timeSpentSeconds: 7_200,
        })),
      )
      const { text } = await world.ask('GET /worklog/list?start=2021-04-12&end=2021-04-20')
      expect(sorted(lossless(text), 'worklogId')).toEqual(sorted(rows, 'worklogId'))
      expect(Object.keys((lossless(text) as object[])[0]!)).toEqual(Object.keys(rows[0]!))
      const one = await world.ask('GET /worklog/list?start=2021-04-12&end=2021-04-13&category=0')
      expect(lossless(one.text)).toMatchObject([{ worklogId: '#11649' }])
      const none = await world.ask('GET /worklog/list?start=2021-04-12&end=2021-04-20&category=1')
      expect(none.text).toBe('[]')
    })

    type Level = { id: string; levelName: string; levelColor: string; defaultLevel: boolean | null }
    type Position = { id: string; positionNameLong: string; positionDescription: string | null }

    async function addSkills(
      world: World,
      members: readonly {
        id: string
        skills: readonly { skill: { id: string; skillName: string }; level: Level }[]
      }[],
    ) {
      const levels = new Map<string, Level>()
      for (const { level } of members.flatMap(({ skills }) => skills)) levels.set(level.id, level)
      await world.rows(
        'skill_level',
        [...levels.values()].map(({ id, levelName, levelColor, defaultLevel }) => ({
          id,
          name: levelName,
          color: levelColor.slice(1),
          is_default: defaultLevel,
          version: 0,
        })),
      )
      for (const { id, skills } of members)
        for (const { skill, level } of skills) {
          await world.rows('skill', [{ id: skill.id, name: skill.skillName, version: 0 }])
          await world.rows('person_skill', [
            { person_id: id, skill_id: skill.id, level_id: level.id },
          ])
        }
    }
  })
})

/** Everything as text with its keys in order, the named lists in one order of their own. */
function sorted(value: unknown, key: string): string[] {
  return (value as Record<string, string>[])
    .map((one) => JSON.stringify(one))
    .sort((a, b) => (JSON.parse(a)[key] < JSON.parse(b)[key] ? -1 : 1))
}

function itemsSorted(text: string): string[] {
  const { members } = lossless(text) as { members: { issues: unknown }[] }
  return members.flatMap(({ issues, ...head }) => [JSON.stringify(head), ...sorted(issues, 'id')])
}

function skillsSorted(text: string): string[] {
  const { members } = lossless(text) as { members: { skills: unknown[] }[] }
  return members.flatMap(({ skills, ...head }) => [
    JSON.stringify(head),
    ...skills.map((one) => JSON.stringify(one)).sort(),
  ])
}
