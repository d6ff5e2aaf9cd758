import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'
import { screens } from './src/screens.ts'

/** Tells the server at which addresses the page stands. */
const writeScreens: Plugin = {
  name: 'hourbook-screens',
  generateBundle() {
    const paths = ['/', ...screens.map(({ path }) => path)]
    this.emitFile({ type: 'asset', fileName: 'screens.json', source: JSON.stringify(paths) })
  },
}

export default defineConfig({
  plugins: [react(), writeScreens],
  build: {
    target: 'es2022',
    sourcemap: false,
    // Nothing inlined: the content policy allows files of our own only.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1_000,
  },
  server: {
    proxy: { '/api': { target: process.env.HOURBOOK_URL ?? 'http://127.0.0.1:8440' } },
  },
})
