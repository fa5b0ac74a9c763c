const tracking =
  /^(?:utm_.*|fbclid|gclid|dclid|msclkid|yclid|mc_[ce]id|_hs(?:enc|mi)|igsh(?:id)?|mkt_tok|wt_mc|wt\.mc_.*|xtor|at_(?:medium|campaign|source|format|bbc_team|link_.*)|(?:pk|mtm|piwik|matomo|hsa|oly|vero|ns)_.*|cmpid|cmp|ito|icid|ncid|smid|spm|feature|ref_src|ref_url)$/i;
const fromFeed = /^(?:rss|feed|atom|rss_feed|rssfeed)$/i;

/** A link without the parameters that only count visitors: what followers are given. */
export function withoutTracking(link: string): string {
  if (!link.includes('?') || !URL.canParse(link)) return link;
  const url = new URL(link);
  const kept = url.search
    .slice(1)
    .split('&')
    .filter((pair) => pair !== '' && !isTracking(pair));
  const search = kept.length === 0 ? '' : `?${kept.join('&')}`;
  if (search === url.search) return link;
  url.search = search;
  return url.href;
}

function isTracking(pair: string): boolean {
  const [name = '', value = ''] = pair.split('=');
  return tracking.test(name) || (/^(?:ref|source|src|from)$/i.test(name) && fromFeed.test(value));
}

/**
 * Equal for two addresses of the same page. Undefined for what is no address of a single page, such as the start
 * page of a site.
 */
export function canonicalLink(link: string | undefined): string | undefined {
  if (link === undefined || !URL.canParse(link)) return undefined;
  const url = new URL(withoutTracking(link));
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return undefined;
  const host = url.hostname.replace(/^(?:www|m|amp)\./, '').replace(/\.$/, '');
  const port = /^(?:80|443)?$/.test(url.port) ? '' : `:${url.port}`;
  const path = decodeLoosely(url.pathname)
    .replace(/\/{2,}/g, '/')
    .replace(/\/index\.(?:html?|php)$/i, '/')
    .replace(/\/$/, '');
  const search = url.search
    .slice(1)
    .split('&')
    .filter((pair) => pair !== '')
    .sort()
    .join('&');
  // Pages of one document are told apart by such fragments only.
  const fragment = /^#[!/]/.test(url.hash) ? url.hash : '';
  if (path === '' && search === '' && fragment === '') return undefined;
  return `${host}${port}${path}${search === '' ? '' : `?${search}`}${fragment}`;
}

function decodeLoosely(path: string): string {
  try {
    return decodeURIComponent(path).normalize('NFC');
  } catch {
    return path;
  }
}
