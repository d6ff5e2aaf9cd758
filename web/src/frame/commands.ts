import { useEffect, useRef, useSyncExternalStore } from 'react'

/** Something a person can do, as the palette lists it. */
export type Command = {
  readonly id: string
  readonly label: string
  /** As shown: `Alt T`. The screen itself listens for it. */
  readonly shortcut?: string | undefined
  readonly run: () => void
}

type Group = { readonly commands: readonly Command[] }

const listeners = new Set<() => void>()
let groups: readonly { readonly current: Group }[] = []
let flat: readonly Command[] = []

function renew(): void {
  flat = groups.flatMap(({ current }) => current.commands)
  for (const listener of listeners) listener()
}

/** Offers commands in the palette while the component is shown. */
export function useCommands(commands: readonly Command[]): void {
  const group = useRef<Group>({ commands })
  group.current = { commands }
  const labels = commands.map(({ id, label }) => `${id} ${label}`).join('\n')
  // biome-ignore lint/correctness/useExhaustiveDependencies: renewed when what is shown changes
  useEffect(renew, [labels])
  useEffect(() => {
    groups = [...groups, group]
    renew()
    return () => {
      groups = groups.filter((one) => one !== group)
      renew()
    }
  }, [])
}

/** All that can be done just now. */
export function useAllCommands(): readonly Command[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => flat,
  )
}
