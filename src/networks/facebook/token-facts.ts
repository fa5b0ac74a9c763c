import type { AccessEnd, Permissions, Remark } from '../account-facts.ts';
import { asArray, asObject, asText, type JsonObject } from '../http.ts';

export interface TokenFacts {
  readonly permissions: Permissions;
  readonly ends: readonly AccessEnd[];
  readonly remarks: readonly Remark[];
}

const needed = ['pages_manage_posts', 'pages_read_engagement'];

/** Reads what `debug_token` says of the token of a Page. */
export function readTokenFacts(data: JsonObject, pageId: string): TokenFacts {
  return {
    permissions: { granted: grantedFor(pageId, data), needed },
    // 0 is never.
    ends: [
      ...endAt(data.expires_at, { code: 'token', what: 'its token' }),
      ...endAt(data.data_access_expires_at, dataAccess),
    ],
    remarks: [
      ...(data.is_valid === false ? [deadToken(data)] : []),
      ...(asText(data.type) !== undefined && data.type !== 'PAGE' ? [wrongKind] : []),
    ],
  };
}

/** A permission may be granted for some Pages only. */
function grantedFor(pageId: string, data: JsonObject): readonly string[] {
  const limits = asArray(data.granular_scopes).map(asObject);
  return asArray(data.scopes)
    .flatMap((scope) => asText(scope) ?? [])
    .filter((scope) => {
      const targets = limits.find((limit) => limit.scope === scope)?.target_ids;
      return targets === undefined || asArray(targets).map(String).includes(pageId);
    });
}

function endAt(seconds: unknown, end: Omit<AccessEnd, 'at'>): AccessEnd[] {
  return typeof seconds === 'number' && seconds > 0 ? [{ ...end, at: seconds * 1000 }] : [];
}

/** What Facebook takes from the token of a Page once this is over, it does not document. */
const dataAccess = {
  code: 'data-access',
  what: "its app's access to data, without which Facebook may refuse its posts,",
  isDoubtful: true,
};

function deadToken(data: JsonObject): Remark {
  const words = asText(asObject(data.error).message);
  return {
    code: 'token-dead',
    severity: 'error',
    message: `Facebook says that the token is no longer valid${words === undefined ? '.' : `: "${words}"`}`,
    remedy: 'Connect the Page again, as somebody who may manage it.',
  };
}

const wrongKind: Remark = {
  code: 'token-kind',
  severity: 'error',
  message: 'the token is not one of a Page, so that posts would not be in the name of the Page.',
  remedy: 'Connect the Page again: that gives a token of the Page itself.',
};
