// Loads the npm packages that install.sh put into .tools/, from scripts that lie elsewhere.
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
export const modules = join(process.env.JUDGES_HOME ?? join(root, '.tools'), 'node_modules')
export const chromium = '/usr/bin/chromium'

/** A file inside an installed package; ends the run as tools.py does where the package is missing. */
export const need = (judge, path) => {
    const file = path.startsWith('/') ? path : join(modules, path)
    if (existsSync(file)) return file
    console.log(`${judge}: did not run, ${path} is missing (make tools)`)
    process.exit(process.env.CI === 'true' ? 1 : 77)
}

export const load = (judge, path) => import(pathToFileURL(need(judge, path)))
