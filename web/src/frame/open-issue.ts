import { useNavigate } from '@tanstack/react-router'

/** Goes to the week with a row for this issue. */
export function useOpenIssue(): (key: string) => void {
  const navigate = useNavigate()
  return (key) => void navigate({ to: '/week', search: { add: key } })
}
