// foliate.mjs [--expect vertical-rl|horizontal-tb] [--pages N] [--out FOLDER] FILE.epub… : foliate-js, a reading system,
// shows the EPUB in headless Chromium. It pages through N pages (default 6) with the arrow keys, as a reader does, writes a
// picture of each to FOLDER, and tells writing mode, direction of pages and errors of the console. With --expect it fails (exit 1)
// when a file's computed writing-mode differs, when the left arrow does not turn on in vertical (the right one in horizontal),
// when an embedded face does not load, or when the console holds an error.
import { mkdir, readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { basename, dirname, extname, join, normalize } from 'node:path'
import { parseArgs } from 'node:util'
import { chromium, load, need } from './tools.mjs'

const { values: options, positionals: files } = parseArgs({
    allowPositionals: true,
    options: {
        expect: { type: 'string' },
        pages: { type: 'string', default: '6' },
        out: { type: 'string' },
    },
})
const foliate = dirname(need('foliate-js', 'foliate-js/reader.html'))
need('foliate-js', chromium)
const { default: puppeteer } = await load('foliate-js', 'puppeteer-core/lib/esm/puppeteer/puppeteer-core.js')

const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.epub': 'application/epub+zip' }

/** Serves foliate-js's own files, and each EPUB under its number, on this machine only. */
const serve = () =>
    new Promise(done => {
        const server = createServer(async (request, response) => {
            const path = normalize(new URL(request.url, 'http://localhost').pathname)
            const number = path.match(/^\/book-(\d+)\.epub$/)
            try {
                const data = await readFile(number ? files[number[1]] : join(foliate, path))
                response.writeHead(200, { 'Content-Type': types[extname(path)] ?? 'application/octet-stream' })
                response.end(data)
            } catch {
                response.writeHead(path === '/favicon.ico' ? 204 : 404)
                response.end()
            }
        }).listen(0, '127.0.0.1', () => done(server))
    })

/** What the reader sees now: the chapter, where it is scrolled to, and how its text is set. */
const look = page =>
    page.evaluate(() => {
        const { renderer, book } = globalThis.reader.view
        const shown = renderer.getContents()[0]
        const style = shown.doc.defaultView.getComputedStyle(shown.doc.documentElement)
        const faces = [...shown.doc.fonts]
        return {
            index: shown.index,
            fraction: globalThis.reader.view.lastLocation?.fraction ?? 0,
            mode: style.writingMode,
            dir: book.dir,
            pages: renderer.pages - 2,
            page: renderer.page,
            text: shown.doc.body.textContent.length,
            faces: faces.length,
            unloaded: faces.filter(face => face.status === 'error').map(face => face.family),
        }
    })

const settle = async page => {
    await page.evaluate(() => globalThis.reader.view.renderer.getContents()[0].doc.fonts.ready)
    await new Promise(done => setTimeout(done, 250))
}

/** Opens one EPUB and pages through it; returns faults and a note. */
const judge = async (browser, port, number) => {
    const faults = []
    const page = await browser.newPage()
    await page.setViewport({ width: 800, height: 1000 })
    page.on('console', message => {
        if (message.type() === 'error') faults.push(`console: ${message.text()} ${message.location().url ?? ''}`)
    })
    page.on('pageerror', error => faults.push(`page: ${error.message ?? error}`))
    try {
        await page.goto(`http://127.0.0.1:${port}/reader.html?url=/book-${number}.epub`)
        await opened(page, faults)
        await settle(page)
        return { faults, ...(await pageThrough(page, faults, files[number])) }
    } catch (error) {
        faults.push(error.message)
        return { faults, note: '' }
    } finally {
        await page.close()
    }
}

/** Waits until the first file of the spine is shown; a minute at most, five seconds once something went wrong. */
const opened = async (page, faults) => {
    for (let waited = 0; waited < (faults.length ? 5000 : 60000); waited += 250) {
        if (await page.evaluate(() => !!globalThis.reader?.view?.renderer?.getContents?.()[0]?.doc?.body)) return
        await new Promise(done => setTimeout(done, 250))
    }
    throw new Error('the first page was not shown')
}

const pageThrough = async (page, faults, file) => {
    const wanted = options.expect
    const name = basename(file).replace(/\W+/g, '-')
    const picture = number =>
        options.out && page.screenshot({ path: join(options.out, `${name}-${String(number).padStart(2, '0')}.png`) })
    const seen = [await look(page)]
    await picture(1)
    const key = (wanted ?? seen[0].mode).startsWith('vertical') ? 'ArrowLeft' : 'ArrowRight'
    for (let number = 2; number <= Number(options.pages); number++) {
        await page.keyboard.press(key)
        await settle(page)
        seen.push(await look(page))
        await picture(number)
    }
    const modes = [...new Set(seen.map(({ mode }) => mode))]
    const dir = seen[0].dir ?? 'default'
    if (wanted) {
        const direction = wanted.startsWith('vertical') ? 'rtl' : 'ltr'
        if (modes.some(mode => mode !== wanted)) faults.push(`computed writing-mode ${modes.join(', ')}, not ${wanted}`)
        if (dir !== direction && !(direction === 'ltr' && dir === 'default')) faults.push(`pages run ${dir}, not ${direction}`)
        const place = ({ index, page }) => index * 1e6 + page
        if (seen.some((here, at) => at && place(here) < place(seen[at - 1]))) faults.push(`${key} turns back`)
        if (place(seen.at(-1)) <= place(seen[0])) faults.push(`${key} does not turn the page`)
    }
    const unloaded = [...new Set(seen.flatMap(({ unloaded }) => unloaded))]
    if (unloaded.length) faults.push(`faces not loaded: ${unloaded.join(', ')}`)
    const chapters = new Set(seen.map(({ index }) => index)).size
    return { note: `writing-mode ${modes.join(', ')}, dir ${dir}, ${seen.length} pages of ${chapters} files, ${seen[0].faces} faces` }
}

if (options.out) await mkdir(options.out, { recursive: true })
const server = await serve()
const browser = await puppeteer.launch({
    executablePath: chromium,
    args: ['--no-sandbox', '--headless', '--disable-gpu', '--disable-quic', '--no-first-run',
        '--disable-background-networking', '--disable-component-update', '--disable-sync'],
})
let failed = 0
for (const number of files.keys()) {
    const { faults, note } = await judge(browser, server.address().port, number)
    const fails = faults.length > 0 && options.expect
    failed += fails ? 1 : 0
    console.log(`${fails ? 'FAIL' : 'ok  '} foliate-js: ${files[number]}  ${note}`)
    for (const fault of faults.slice(0, 20)) console.log(`       ${fault}`)
}
await browser.close()
server.close()
process.exit(failed || !files.length ? 1 : 0)
