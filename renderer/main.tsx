import '@mantine/core/styles.layer.css'
import '@mantine/notifications/styles.layer.css'
import './styles/fonts.css'
import './styles/tokens.css'
import './styles/mantine-variables.css'
import './styles/base.css'
import './styles/preferences.css'
import { MantineProvider } from '@mantine/core'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { AppProvider, openApp } from './bridge/app-context.tsx'
import { AppShell } from './shell/app-shell.tsx'
import { theme } from './ui/theme.ts'
import { warmFaces } from './ui/warm-faces.ts'

const links = openApp()
const root = document.getElementById('root')
if (root === null) throw new Error('#root is missing')

createRoot(root).render(
  <StrictMode>
    <MantineProvider theme={theme} withCssVariables={false} withGlobalClasses={false} defaultColorScheme="auto">
      <AppProvider links={links}>
        <AppShell />
      </AppProvider>
    </MantineProvider>
  </StrictMode>,
)
warmFaces()
