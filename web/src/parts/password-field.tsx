import { PasswordInput, type PasswordInputProps } from '@mantine/core'
import { useSharedTexts } from '../texts/shared.ts'

/** A secret that is typed; a button, reached by keyboard as well, shows what stands there. */
export function PasswordField(props: PasswordInputProps) {
  const t = useSharedTexts()
  return (
    <PasswordInput
      {...props}
      visibilityToggleButtonProps={{ 'aria-label': t.showTyped, tabIndex: 0 }}
    />
  )
}
