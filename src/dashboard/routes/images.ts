import type { Context, Hono } from 'hono';
import type { Ledger } from '../../ledger/ledger.ts';
import type { VisitEnv } from '../access/entrance.tsx';

/** An image of a post, under the name of its publication. */
export function addImages(app: Hono<VisitEnv>, ledger: Pick<Ledger, 'post' | 'media'>): void {
  app.get('/images/:hash/:publication{.+}', (context) =>
    answerImage(context, context.req.param('publication'), ledger),
  );
}

/** Answers with the image of the hash in the address, if it is one of this publication. With `?download` to keep. */
export async function answerImage(
  context: Context,
  publication: string,
  ledger: Pick<Ledger, 'post' | 'media'>,
): Promise<Response> {
  const post = await ledger.post(publication);
  const image = post?.media.find(({ hash }) => hash === context.req.param('hash'));
  if (image === undefined) return context.text('There is no such image here.', 404);
  const bytes = await ledger.media(image.hash).catch(() => undefined);
  if (bytes === undefined) return context.text('This image is not kept any more.', 404);
  const isKept = context.req.query('download') !== undefined;
  const place = isKept ? 'attachment' : 'inline';
  return context.body(new Uint8Array(bytes), 200, {
    'content-type': image.type,
    'content-disposition': `${place}; filename*=UTF-8''${writeFileName(image.file)}`,
  });
}

/** As RFC 8187 wants it, without anything that a file system takes for a folder. */
function writeFileName(name: string): string {
  const bare = name.split(/[\\/]/).at(-1) || 'image';
  const encode = (character: string) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
  return encodeURIComponent(bare.replaceAll(/\p{Surrogate}/gu, '\uFFFD')).replaceAll(
    /['()*]/g,
    encode,
  );
}
