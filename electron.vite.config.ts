import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

const at = (path: string): string => resolve(import.meta.dirname, path)

/**
 * Where updates come from, and the keys that must have signed them: put in by the release workflow where it can sign
 * (docs/packaging.md). Any other build has neither, and says that it cannot update itself.
 */
function updateSource(): { feed: string; keys: string[] } {
  const keys = (process.env.CLIENTELE_UPDATE_KEYS ?? '').split(/[\s,]+/).filter((key) => key !== '')
  const feed = process.env.CLIENTELE_UPDATE_FEED ?? ''
  if (keys.length === 0 && feed === '') return { feed, keys }
  if (!/^https:\/\/[^?#]+\/$/.test(feed))
    throw new Error('CLIENTELE_UPDATE_FEED must be an https address that ends with /')
  if (keys.length === 0 || keys.some((key) => Buffer.from(key, 'base64').length !== 32))
    throw new Error('CLIENTELE_UPDATE_KEYS must be Ed25519 public keys in base64')
  return { feed, keys }
}

/** Everything is bundled; the packaged app ships `out/` and no node_modules. */
export default defineConfig({
  main: {
    define: { __UPDATE_SOURCE__: JSON.stringify(updateSource()) },
    build: {
      outDir: at('out/main'),
      // The same bundle runs in Electron (Node 24) and as the Node host on Node 20.19.
      target: 'node20.19',
      externalizeDeps: false,
      sourcemap: 'hidden',
      // Half the text to read at each start. Maps stay in out/, for whoever has an error to look up.
      minify: 'oxc',
      rolldownOptions: {
        input: { main: at('electron/main.ts'), server: at('electron/server.ts'), simulate: at('electron/simulate.ts') },
      },
    },
  },
  preload: {
    build: {
      outDir: at('out/preload'),
      externalizeDeps: false,
      rolldownOptions: {
        input: { preload: at('electron/preload.ts') },
        // A sandboxed preload must be one CommonJS file.
        output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
      },
    },
  },
  renderer: {
    root: at('renderer'),
    publicDir: false,
    plugins: [react()],
    worker: { format: 'es' },
    build: {
      outDir: at('out/renderer'),
      emptyOutDir: true,
      minify: 'oxc',
      assetsInlineLimit: 0,
      // All of it is read from this machine; the largest is the video player, and comes only with a video. In kB.
      chunkSizeWarningLimit: 800,
      rolldownOptions: { input: at('renderer/index.html') },
    },
  },
})
