import { html } from 'hono/html';
import type { Translator } from '../../platform/i18n.ts';
import { isRightToLeft } from '../../platform/locale.ts';
import { type Button, lines, type View } from '../../telegram/view.ts';
import { screen } from '../../telegram/views.ts';
import { feedButtons } from './buttons-feed.ts';
import { WEEK_PATH } from './model-week.ts';

// The frame of the pages that a browser shows, and the screens of the chat that lead there.

export type Html = ReturnType<typeof html>;

/** Where script and style lie; their names change with their content. */
export interface Assets {
  readonly css: string;
  readonly js: string;
}

/** What every page inside of a session carries. */
export interface Session {
  /** Goes with every form, so that no other site can send one. */
  readonly csrf: string;
  readonly secondsLeft: number;
}

export const pageRow = (t: Translator): Button => ({
  label: t.label('week:page.menu'),
  data: feedButtons.page.data({}),
});

/** The link to her page. It stands behind a button, so that no preview opens it. */
export const pageLink = (t: Translator, link: string, app: string | undefined): View =>
  screen(t, {
    text: lines(t('week:page.link')),
    rows: [
      [{ label: t.label('week:page.open'), url: link }],
      ...(app === undefined ? [] : [[{ label: t.label('week:page.app'), webApp: app }]]),
      [{ label: t.label('week:feed.menu'), data: feedButtons.feed.data({}) }],
    ],
  });

/** A whole document. Nothing in it is inline and nothing comes from elsewhere: the policy of the page forbids both. */
export function pageFrame(
  t: Translator,
  assets: Assets,
  page: { readonly title: string; readonly main: unknown; readonly header?: unknown; readonly session?: Session },
): Html {
  const { session } = page;
  return html`<!doctype html>
<html lang="${t.locale}" dir="${isRightToLeft(t.locale) ? 'rtl' : 'ltr'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<title>${page.title}</title>
<link rel="stylesheet" href="${assets.css}">
<script src="${assets.js}" defer></script>
</head>
<body>
${session === undefined ? '' : html`<a class="skip" href="#main">${t.label('week:page.skip')}</a>`}
${page.header ?? ''}
${session === undefined ? '' : html`<p id="soon" role="status" data-seconds="${session.secondsLeft}" data-says="${t.label('week:page.ends-soon')}"></p>`}
<main id="main" tabindex="-1">
${page.main}
</main>
</body>
</html>`;
}

/** Says what has been done. It gets the focus, so that it is read first. */
export const saidLine = (text: string | undefined): unknown =>
  text === undefined ? '' : html`<p class="said" role="status" tabindex="-1" autofocus>${text}</p>`;

export const hiddenCsrf = ({ csrf }: Session): Html => html`<input type="hidden" name="csrf" value="${csrf}">`;

/** What a link opens: a page that does nothing until somebody presses. Previews do not press. */
export const landing = (t: Translator, assets: Assets, secret: string): Html =>
  pageFrame(t, assets, {
    title: t.label('week:page.title'),
    main: html`<div class="card">
<h1>${t.label('week:page.title')}</h1>
<p>${t.label('week:page.welcome')}</p>
<form method="post" action="${WEEK_PATH}/open">
<input type="hidden" name="link" value="${secret}">
<button class="main">${t.label('week:page.open-button')}</button>
</form>
</div>`,
  });

/** A page of one sentence or two, for whoever has no session (any more). */
export const closedPage = (t: Translator, assets: Assets, why: 'used' | 'ended' | 'failed'): Html =>
  pageFrame(t, assets, {
    title: t.label('week:page.title'),
    main: html`<div class="card">
<h1>${t.label('week:page.title')}</h1>
<p role="status">${t.label(`week:page.${why}`)}</p>
${why === 'failed' ? '' : html`<p>${t.label('week:page.new-link')}</p>`}
</div>`,
  });

/** Opened inside of Telegram: the script hands over what Telegram says of who opened it. */
export const appPage = (t: Translator, assets: Assets): Html =>
  pageFrame(t, assets, {
    title: t.label('week:page.title'),
    main: html`<div class="card">
<h1>${t.label('week:page.title')}</h1>
<p id="app" role="status" data-address="${WEEK_PATH}/app" data-next="${WEEK_PATH}" data-failed="${t.label('week:page.app-failed')}">${t.label('week:page.app-wait')}</p>
<noscript><p>${t.label('week:page.app-failed')}</p></noscript>
</div>`,
  });
