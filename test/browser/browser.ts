import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { expect } from 'vitest';

const CANDIDATES = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Starts a real Chromium; throws when there is none: a check that cannot run has not passed. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = CANDIDATES.find((file) => file !== undefined && existsSync(file));
  if (executablePath === undefined) throw new Error('no Chromium found: install the package chromium, or set CHROMIUM');
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

const freePort = () =>
  new Promise<number>((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });

export interface Started {
  readonly url: string;
  stop(): Promise<number>;
}

/** Runs the program as a newcomer does, with nothing configured, in `folder`. Resolves when it says where to look. */
export async function startProgram(folder: string): Promise<Started> {
  const port = await freePort();
  const child = spawn(process.execPath, ['src/start.js'], {
    env: { PATH: process.env.PATH, PORT: String(port), DATA_DIR: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (text: Buffer) => {
      output += text.toString();
      if (output.includes(`http://localhost:${port}`)) resolve();
    });
    child.stderr.on('data', (text: Buffer) => {
      output += text.toString();
    });
    child.once('exit', (code) => reject(new Error(`the program ended with ${code}: ${output}`)));
  });
  return {
    url: `http://localhost:${port}`,
    stop: () =>
      new Promise((resolve) => {
        child.once('exit', (code) => resolve(code ?? -1));
        child.kill('SIGINT');
      }),
  };
}

export const temporaryFolder = (): { folder: string; remove(): void } => {
  const folder = mkdtempSync(path.join(tmpdir(), 'bot-'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
};

/** Saves a picture where SCREENSHOTS names a folder. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.SCREENSHOTS;
  if (folder !== undefined) await page.screenshot({ path: path.join(folder, `${name}.png`) });
}

/** One phone on the simulator's page. Whoever does something goes on when the bot has said something else than before. */
export function phoneOf(page: Page, id: number) {
  const phone = page.locator(`#phone-${id}`);
  const said = () => phone.locator('.log .from-bot').allInnerTexts();
  async function answered(act: () => Promise<void>): Promise<void> {
    const before = JSON.stringify(await said());
    await act();
    await expect.poll(async () => JSON.stringify(await said()), { timeout: 30_000 }).not.toBe(before);
  }
  return {
    phone,
    start: () => answered(() => phone.getByRole('button', { name: /STARTEN|START/ }).click()),
    /** Presses the newest button with that label. */
    tap: (label: string | RegExp) =>
      answered(() => phone.locator('.log').getByRole('button', { name: label }).last().click()),
    type: (text: string) =>
      answered(async () => {
        await phone.getByRole('textbox').fill(text);
        await phone.getByRole('textbox').press('Enter');
      }),
    says: (text: string | RegExp) => phone.locator('.log').getByText(text).last().waitFor(),
  };
}
