import { createTheme, type MantineColorsTuple } from '@mantine/core'

const iris: MantineColorsTuple = [
  '#EEF0FC',
  '#DDE1F8',
  '#BCC3F2',
  '#99A3EA',
  '#7985E0',
  '#6370E4',
  '#5462DA',
  '#4654C8',
  '#3A47B4',
  '#2F3A96',
]

/**
 * DESIGN.md section 5. The CSS variables of it stand in styles/mantine-variables.css, because the content policy
 * forbids the <style> that the provider would inject; keep the two in step.
 */
export const theme = createTheme({
  primaryColor: 'iris',
  primaryShade: { light: 7, dark: 6 },
  colors: { iris },
  defaultRadius: 6,
  fontFamily: 'var(--font)',
  fontFamilyMonospace: 'var(--mono)',
  focusRing: 'auto',
  respectReducedMotion: true,
  cursorType: 'default',
  components: {
    // react-remove-scroll injects a <style>; the page itself never scrolls anyway.
    Modal: { defaultProps: { lockScroll: false } },
    Drawer: { defaultProps: { lockScroll: false } },
    Tooltip: { defaultProps: { openDelay: 400, transitionProps: { duration: 0 } } },
    // Its placeholder for the first focus would be a child that a menu may not have.
    Menu: {
      defaultProps: { withInitialFocusPlaceholder: false, transitionProps: { duration: 0 }, shadow: 'none', radius: 8 },
    },
    Popover: { defaultProps: { transitionProps: { duration: 0 }, shadow: 'none', radius: 8 } },
  },
})
