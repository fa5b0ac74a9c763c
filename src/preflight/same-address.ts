const tracking = /^(?:utm_\w+|fbclid|gclid|mc_[ce]id|ref|source)$/i;

/** True if two addresses lead to the same page, whatever they say of scheme, www, tracking or a slash at the end. */
export function isSameAddress(one: string, other: string): boolean {
  return keyOf(one) === keyOf(other);
}

function keyOf(address: string): string {
  if (!URL.canParse(address)) return address;
  const { hostname, port, pathname, searchParams } = new URL(address);
  const query = [...searchParams].filter(([name]) => !tracking.test(name)).sort();
  const path = decodeLoosely(pathname).replace(/\/(?:index\.(?:html?|php))?$/i, '');
  const host = hostname.replace(/^(?:www|m|amp)\./, '');
  return JSON.stringify([host, port, path, query]);
}

/** Without anything below the host. */
export function isHomePage(address: string): boolean {
  const { pathname, search } = new URL(address);
  return /^\/(?:index\.\w+|[a-z]{2}\/?)?$/i.test(pathname) && search === '';
}

function decodeLoosely(path: string): string {
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}
