/** Finds the browsers of this machine; gets a Chromium where there is none. */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { homedir, platform } from 'node:os';
import { delimiter, join } from 'node:path';

const isRoot = process.getuid?.() === 0;

/** What every Chromium of ours is started with. Nothing here weakens what the tests are about. */
export const chromiumArguments = [
  ...(isRoot ? ['--no-sandbox'] : []),
  '--disable-dev-shm-usage',
  '--disable-gpu',
  '--no-first-run',
  '--no-default-browser-check',
  // A machine without a way out answers each of these with an error, many at a time.
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

function onPath(...names) {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return names
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find((file) => existsSync(file));
}

/** The newest of the browsers that a test tool has downloaded into its cache. */
function inCache(folder, prefix, ...inside) {
  if (!existsSync(folder)) {
    return undefined;
  }
  const versions = readdirSync(folder)
    .filter((name) => name.startsWith(prefix))
    .sort()
    .reverse();
  return versions
    .flatMap((version) => inside.map((path) => join(folder, version, path)))
    .find((file) => existsSync(file));
}

const installed = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ],
  win32: [
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  ],
};

/** @returns the path of a Chromium; undefined where there is none. */
export function findChromium() {
  const caches = {
    darwin: join(homedir(), 'Library/Caches/ms-playwright'),
    win32: join(process.env.LOCALAPPDATA ?? '', 'ms-playwright'),
  };
  const playwright = caches[platform()] ?? join(homedir(), '.cache/ms-playwright');
  const candidates = [
    process.env.CHROME_PATH,
    onPath('chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'),
    ...(installed[platform()] ?? []),
    inCache(playwright, 'chromium-', 'chrome-linux/chrome', 'chrome-linux64/chrome', 'chrome-win/chrome.exe'),
    inCache(
      join(homedir(), '.cache/puppeteer/chrome'),
      '',
      'chrome-linux64/chrome',
      'chrome-win64/chrome.exe',
    ),
  ];
  return candidates.find((file) => file && existsSync(file));
}

/** @returns the path of a Chromium without a user interface, as Debian has it; undefined where there is none. */
export function findHeadlessShell() {
  return onPath('chromium-headless-shell');
}

/** @returns the path of a Firefox; undefined where there is none. */
export function findFirefox() {
  const file = process.env.FIREFOX_PATH ?? onPath('firefox-esr', 'firefox');
  return file && existsSync(file) ? file : undefined;
}

/** @returns the path of WebKitGTK's driver; undefined where it, or the display it needs, is not there. */
export function findWebKitDriver() {
  return onPath('Xvfb') ? onPath('WebKitWebDriver') : undefined;
}

/**
 * Finds a Chromium, or installs Debian's.
 *
 * @throws {Error} with one line that says what to do.
 */
export function ensureChromium() {
  const found = findChromium();
  if (found) {
    return found;
  }
  if (isRoot && onPath('apt-get')) {
    console.log('No Chromium here; installing Debian’s.');
    const options = { stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
    execFileSync('apt-get', ['update', '-qq'], options);
    execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], options);
  }
  const now = findChromium();
  if (!now) {
    throw new Error(
      'No Chromium found: install one (for example “apt install chromium”), or set CHROME_PATH to it.',
    );
  }
  return now;
}

/** The engines that tests can run in here: Chromium always, the others where they are installed. */
export function availableEngines() {
  return ['chromium', ...(findFirefox() ? ['firefox'] : []), ...(findWebKitDriver() ? ['webkit'] : [])];
}
