import {
  type CSSVariablesResolver,
  createTheme,
  defaultVariantColorsResolver,
  type MantineColorsTuple,
  type VariantColorsResolver,
} from '@mantine/core'

const accent: MantineColorsTuple = [
  '#edf2fd',
  '#d8e3fa',
  '#b0c6f5',
  '#8fb3ff',
  '#638de6',
  '#3f70d8',
  '#2455c3',
  '#1e49a8',
  '#193d8c',
  '#122c66',
]

/** Mantine's dark greys are ours, from the ink to the ground. */
const dark: MantineColorsTuple = [
  '#eceff2',
  '#c9d0d8',
  '#a9b2bd',
  '#68717c',
  '#454d57',
  '#2b3138',
  '#1d2126',
  '#131619',
  '#0f1215',
  '#0a0c0e',
]

/** What is filled with the accent is written on in the ink that goes with it, in both schemes. */
const colours: VariantColorsResolver = (wish) => {
  const usual = defaultVariantColorsResolver(wish)
  const isAccent = wish.color === undefined || wish.color === 'accent'
  if (wish.variant !== 'filled' || !isAccent) return usual
  return {
    ...usual,
    background: 'var(--hb-accent)',
    hover: 'color-mix(in srgb, var(--hb-accent) 88%, var(--hb-ink))',
    color: 'var(--hb-accent-ink)',
  }
}

/** Mantine in our measures and our one accent. */
export const theme = createTheme({
  primaryColor: 'accent',
  primaryShade: { light: 6, dark: 3 },
  variantColorResolver: colours,
  colors: { accent, dark },
  fontFamily: 'var(--hb-font)',
  fontFamilyMonospace: 'var(--hb-mono)',
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  defaultRadius: 6,
  respectReducedMotion: true,
  headings: { fontWeight: '600' },
  components: {
    Button: { defaultProps: { size: 'sm' } },
    TextInput: { defaultProps: { size: 'sm' } },
    PasswordInput: { defaultProps: { size: 'sm' } },
    Tooltip: { defaultProps: { openDelay: 400, transitionProps: { duration: 80 } } },
    // What Mantine would put first into a menu is no part one may be in there.
    Menu: {
      defaultProps: { transitionProps: { duration: 80 }, withInitialFocusPlaceholder: false },
    },
    Drawer: { defaultProps: { transitionProps: { duration: 120 } } },
    Modal: {
      defaultProps: {
        transitionProps: { duration: 80 },
        overlayProps: { backgroundOpacity: 0.35 },
      },
    },
  },
})

const ours = {
  '--mantine-color-body': 'var(--hb-ground)',
  '--mantine-color-text': 'var(--hb-ink)',
  '--mantine-color-dimmed': 'var(--hb-ink-soft)',
  '--mantine-color-placeholder': 'var(--hb-ink-soft)',
  '--mantine-color-default': 'var(--hb-raised)',
  '--mantine-color-default-hover': 'var(--hb-hover)',
  '--mantine-color-default-color': 'var(--hb-ink)',
  '--mantine-color-default-border': 'var(--hb-line-strong)',
  '--mantine-color-error': 'var(--hb-bad)',
  '--mantine-color-anchor': 'var(--hb-accent)',
}

/** Mantine's own colours are ours, in both schemes. */
export const variables: CSSVariablesResolver = () => ({ variables: {}, light: ours, dark: ours })
