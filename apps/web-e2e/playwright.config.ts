import { defineConfig } from '@playwright/test';

/** Long tests against the built server, two files at a time: each has a server and a database of its own, which it stops and starts. */
export default defineConfig({
  testDir: 'src',
  testMatch: '*.e2e.ts',
  workers: 2,
  fullyParallel: false,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
  retries: 0,
  use: {
    locale: 'fr-FR',
    timezoneId: 'Africa/Dakar',
    trace: 'off',
    actionTimeout: 20_000,
    launchOptions: {
      executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
