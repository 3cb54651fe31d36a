// pdf_text.mjs [--plain] FILE.pdf… : the text that pdf.js extracts, in the order of the page's content.
// One JSON object a page: {"file", "page", "label", "items": [{"text", "x", "y", "wide", "high", "eol", "font", "vertical"}…]};
// `eol` says that pdf.js ends a line after the item. Characters are those of ToUnicode, not normalised.
// With --plain: the lines of text alone, a form feed after each page.
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { load, modules, need } from './tools.mjs'

const pdfjs = await load('pdf.js', 'pdfjs-dist/legacy/build/pdf.mjs')
const package_ = dirname(need('pdf.js', 'pdfjs-dist/package.json'))
const plain = process.argv[2] === '--plain'
process.stdout.on('error', () => process.exit(0)) // the reader of a pipe had enough

process.on('uncaughtException', fault => {
    console.log(`pdf.js: ${fault.name}: ${fault.message}`)
    process.exit(1)
})
for (const file of process.argv.slice(plain ? 3 : 2)) {
    const document = await pdfjs.getDocument({
        data: new Uint8Array(await readFile(file)),
        cMapUrl: join(package_, 'cmaps/'),
        cMapPacked: true,
        standardFontDataUrl: join(package_, 'standard_fonts/'),
        verbosity: pdfjs.VerbosityLevel.ERRORS,
    }).promise
    const labels = await document.getPageLabels()
    for (let number = 1; number <= document.numPages; number++) {
        const page = await document.getPage(number)
        const content = await page.getTextContent({ disableNormalization: true })
        const items = content.items.map(item => ({
            text: item.str,
            x: Math.round(item.transform[4] * 100) / 100,
            y: Math.round(item.transform[5] * 100) / 100,
            wide: Math.round(item.width * 100) / 100,
            high: Math.round(item.height * 100) / 100,
            eol: item.hasEOL,
            font: item.fontName,
            vertical: content.styles[item.fontName]?.vertical ?? false,
        }))
        page.cleanup()
        if (plain) {
            process.stdout.write(items.map(item => item.text + (item.eol ? '\n' : '')).join('') + '\n\f')
        } else {
            process.stdout.write(JSON.stringify({ file, page: number, label: labels?.[number - 1], items }) + '\n')
        }
    }
    await document.destroy()
}
