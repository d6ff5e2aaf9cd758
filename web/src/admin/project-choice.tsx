import { Checkbox, Radio, TextInput } from '@mantine/core'
import { useId } from 'react'
import type { OfferBody } from '../../../src/api/contract.ts'
import { useFormat } from '../time/format.ts'
import classes from './admin.module.css'
import { useConnectionsTexts } from './connections-texts.ts'

type Props = {
  readonly offer: OfferBody | undefined
  readonly text: string
  readonly onText: (text: string) => void
  /** Keys; null is all projects. */
  readonly chosen: readonly string[] | null
  readonly onChange: (chosen: readonly string[] | null) => void
}

/** All projects of a Jira, or those that are ticked; chosen ones stand first, shown or not. */
export function ProjectChoice({ offer, text, onText, chosen, onChange }: Props) {
  const t = useConnectionsTexts()
  const format = useFormat()
  const id = useId()
  const needle = text.trim().toLowerCase()
  const offered = (offer?.projects ?? []).filter(({ key, name }) =>
    `${key}\n${name}`.toLowerCase().includes(needle),
  )
  const shown = new Set(offered.map(({ key }) => key))
  const others = (chosen ?? []).filter((key) => !shown.has(key)).map((key) => ({ key, name: '' }))
  const toggle = (key: string, isIn: boolean) =>
    onChange(isIn ? [...(chosen ?? []), key] : (chosen ?? []).filter((one) => one !== key))
  return (
    <>
      <Radio.Group
        label={t.projects}
        value={chosen === null ? 'all' : 'some'}
        onChange={(value) => onChange(value === 'all' ? null : [])}
      >
        <div className={classes.checks}>
          <Radio value="all" label={t.allProjects} description={t.allProjectsHint} />
          <Radio value="some" label={t.someProjects} description={t.someProjectsHint} />
        </div>
      </Radio.Group>
      {chosen === null ? null : (
        <>
          <TextInput
            type="search"
            label={t.findProject}
            value={text}
            maxLength={200}
            onChange={(event) => onText(event.currentTarget.value)}
          />
          <p className={classes.lead} role="status" id={id}>
            {t.chosenCount(format.number(chosen.length))}
          </p>
          <div
            role="group"
            className={classes.choices}
            aria-label={t.projects}
            aria-describedby={id}
          >
            {[...others, ...offered].map(({ key, name }) => (
              <Checkbox
                key={key}
                checked={chosen.includes(key)}
                label={name === '' ? key : `${key} · ${name}`}
                onChange={(event) => toggle(key, event.currentTarget.checked)}
              />
            ))}
            {offer && offered.length + others.length === 0 ? (
              <p className={classes.lead}>{t.noSuchProject}</p>
            ) : null}
          </div>
          {offer?.isMore ? <p className={classes.lead}>{t.moreProjects}</p> : null}
        </>
      )}
    </>
  )
}
