import { isWebAddress } from '../../core/web-address.ts';

/** A way out to an address that others have written: only one of the web is a link. */
export function Away({ url }: { readonly url: string }) {
  if (!isWebAddress(url)) return <span dir="ltr">{url}</span>;
  return (
    <a href={url} rel="noreferrer noopener">
      {url}
    </a>
  );
}
