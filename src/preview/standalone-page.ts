import { createHash } from 'node:crypto';
import { html, raw } from 'hono/html';

interface StandalonePage {
  readonly title: string;
  readonly style: string;
  /** Whether it shows images, which are written into it. */
  readonly hasImages: boolean;
  /** Made with `html`, which escapes what is put in. */
  readonly body: ReturnType<typeof html>;
}

/** A page in one file: no script, no request, and nothing of an article can become part of its code. */
export async function renderStandalonePage(page: StandalonePage): Promise<string> {
  const { title, style, hasImages, body } = page;
  const hash = createHash('sha256').update(style).digest('base64');
  const images = hasImages ? ' img-src data:;' : '';
  const policy = `default-src 'none';${images} style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
  const rendered = html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta http-equiv="Content-Security-Policy" content="${policy}" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <meta name="robots" content="noindex" />
    <meta name="referrer" content="no-referrer" />
    <title>${title}</title>
    <style>${raw(style)}</style>
  </head>
  <body>
    ${body}
  </body>
</html>
`;
  return String(await rendered);
}
