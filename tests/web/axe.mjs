// axe.mjs PAGE...: what axe-core finds by WCAG 2.2 AA and good practice, on a
// wide screen and at 320 pixels, where nothing may need scrolling sideways.
import fs from 'fs';
import path from 'path';
import { chromium } from 'playwright-core';

const pages = process.argv.slice(2);
const axe = fs.readFileSync('node_modules/axe-core/axe.min.js', 'utf8');
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const browser = await chromium.launch({
  executablePath: process.env.SENDCHECK_BROWSER,
  args: ['--no-sandbox'],
});
let looked = 0;
let wrong = 0;
for (const width of [1280, 320]) {
  const page = await browser.newPage({ viewport: { width, height: 800 } });
  for (const name of pages) {
    await page.goto('file://' + path.resolve(name));
    await page.evaluate(axe);
    const found = await page.evaluate(
      (values) => axe.run(document, { runOnly: { type: 'tag', values } }), rules);
    looked += 1;
    for (const violation of found.violations) {
      wrong += 1;
      console.log(`${name}, ${width} wide: ${violation.id}: ${violation.nodes[0].html}`);
    }
    const needed = await page.evaluate(() => document.documentElement.scrollWidth);
    if (needed > width) {
      wrong += 1;
      console.log(`${name}, ${width} wide: needs ${needed}`);
    }
  }
  await page.close();
}
await browser.close();
console.log(`${looked} page views, ${wrong} wrong`);
process.exit(wrong > 0 || looked < 80 ? 1 : 0);
