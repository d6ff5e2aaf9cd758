import { useEffect } from 'react'
import { reasonOf } from '../../api/problem.ts'
import { notify } from '../../parts/notices.tsx'
import { useSharedTexts } from '../../texts/shared.ts'

type Undo = { readonly text: string; readonly run: () => Promise<unknown> }

const most = 50
let stack: readonly Undo[] = []

/** Tells what was done, with the way back: the button in the notice, or Ctrl-Z. */
export function tellWithUndo(text: string, run: () => Promise<unknown>): void {
  const undo = { text, run }
  stack = [...stack, undo].slice(-most)
  notify({
    text,
    action: { label: useSharedTexts.now().undo, run: () => void undoOne(undo) },
  })
}

async function undoOne(undo: Undo): Promise<void> {
  if (!stack.includes(undo)) return
  stack = stack.filter((one) => one !== undo)
  try {
    await undo.run()
    notify({ text: useSharedTexts.now().undone(undo.text) })
  } catch (error) {
    notify({ kind: 'bad', text: reasonOf(error) })
  }
}

/** Ctrl-Z takes back what was done last, as long as the component is shown. */
export function useUndoKeys(): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const isUndo = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key === 'z'
      const last = stack.at(-1)
      if (!isUndo || !last || isTyping(event.target)) return
      event.preventDefault()
      void undoOne(last)
    }
    window.addEventListener('keydown', listen)
    return () => {
      window.removeEventListener('keydown', listen)
      stack = []
    }
  }, [])
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input:not([type=checkbox]), textarea')
}
