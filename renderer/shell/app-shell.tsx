import { Toasts } from '../ui/toast.tsx'

export function AppShell() {
  return <Toasts />
}
