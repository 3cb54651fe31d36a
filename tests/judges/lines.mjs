// lines.mjs FILE[#NAME] : Chromium lays out text in one face and says what it did. Tasks come on standard input, one JSON object a line:
// {text, lang, mode, level, measure} asks for the lines of a paragraph (measure in em), {strings, lang, mode} for the lengths of strings in
// em. The answers go to standard output in order, after a line with the browser's version.
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { chromium, load, need } from './tools.mjs'

need('lines', chromium)
const { default: puppeteer } = await load('lines', 'puppeteer-core/lib/esm/puppeteer/puppeteer-core.js')
process.stdin.setEncoding('utf8')
let input = ''
for await (const part of process.stdin) input += part
const tasks = input.split('\n').filter(Boolean).map(line => JSON.parse(line))
const [file, name] = process.argv[2].split('#')
const font = name ? '' : readFileSync(file)
const SHEET = `<!doctype html><meta charset="utf-8"><style>
    @font-face { font-family: Judged; src: ${name ? `local("${name}")` : 'url(/font)'} }
    body { margin: 0; font: 64px/2 Judged; text-rendering: geometricPrecision; text-spacing-trim: normal; text-autospace: normal }
    p { margin: 0 }</style><body></body>`

const server = createServer((request, response) => {
    const isFont = request.url === '/font'
    response.writeHead(200, { 'Content-Type': isFont ? 'font/ttf' : 'text/html' })
    response.end(isFont ? font : SHEET)
})
await new Promise(done => server.listen(0, '127.0.0.1', done))

/** Runs in the page: does the tasks of one batch. */
const work = batch => {
    const EM = 64
    const frame = ({ lang, mode, level }) => {
        const box = document.createElement('div')
        box.lang = lang
        box.style.cssText = `position: absolute; writing-mode: ${mode}; line-break: ${level ?? 'normal'}`
        document.body.append(box)
        return box
    }
    const lengths = task => {
        const box = frame(task)
        box.style.whiteSpace = 'nowrap'
        const spans = task.strings.map(text => {
            const line = document.createElement('p')
            const span = document.createElement('span')
            span.textContent = text
            line.append(span)
            box.append(line)
            return span
        })
        const down = task.mode !== 'horizontal-tb'
        return spans.map(span => {
            const { width, height } = span.getBoundingClientRect()
            return Math.round(((down ? height : width) / EM) * 1e4) / 1e4
        })
    }
    const lines = task => {
        const box = frame(task)
        box.style.inlineSize = `${task.measure * EM}px`
        box.textContent = task.text
        const node = box.firstChild
        const down = task.mode !== 'horizontal-tb'
        const outer = box.getBoundingClientRect()
        const range = document.createRange()
        const found = []
        let [at, last] = [0, 0]
        for (const character of task.text) {
            range.setStart(node, at)
            range.setEnd(node, (at += character.length))
            const boxes = range.getClientRects()
            const seen = boxes[boxes.length - 1]
            // Lines are two em apart; what is not drawn (a space at the edge) stays with what is before it.
            if (seen) {
                const middle = down ? outer.right - (seen.left + seen.right) / 2 : (seen.top + seen.bottom) / 2 - outer.top
                last = Math.max(last, Math.floor(middle / (2 * EM)))
            }
            found[last] = (found[last] ?? '') + character
        }
        return found.map(line => line ?? '')
    }
    const done = batch.map(task => (task.strings ? lengths(task) : lines(task)))
    document.body.replaceChildren()
    return done
}

const browser = await puppeteer.launch({
    executablePath: chromium,
    args: ['--no-sandbox', '--headless', '--disable-gpu', '--disable-quic', '--no-first-run',
        '--disable-background-networking', '--disable-component-update', '--disable-sync'],
})
const page = await browser.newPage()
await page.goto(`http://127.0.0.1:${server.address().port}/`)
if (!(await page.evaluate(async () => (await document.fonts.load('64px Judged', '版')).length))) throw new Error('the face was not loaded')
console.log(JSON.stringify(await browser.version()))
const BATCH = 50
for (let at = 0; at < tasks.length; at += BATCH) {
    const answers = await page.evaluate(work, tasks.slice(at, at + BATCH))
    for (const answer of answers) console.log(JSON.stringify(answer))
}
await browser.close()
server.close()
