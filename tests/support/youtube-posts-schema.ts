/**
 * PROVISIONAL. YouTube's posts API is a closed pilot without a machine-readable description; this is written by hand
 * from the beginnings of Google's pages on it. What those pages do not say is marked "assumed": when the API opens,
 * compare each such line first.
 */
export const postOperations: Readonly<Record<string, Operation>> = {
  'POST /youtube/v3/posts': operation({ part: partsOf('snippet') }, bodyOfInsert(), {
    types: ['application/json'],
  }),
  'PUT /youtube/v3/posts': operation({ part: partsOf('snippet') }, bodyOfUpdate(), {
    types: ['application/json'],
  }),
  'GET /youtube/v3/posts': operation(
    {
      part: partsOf('id'),
      // Assumed: the names of the filters and of paging, which are those of every other list of this API.
      id: text(),
      channelId: text(),
      maxResults: { type: 'string', pattern: '^([1-9]|[1-4][0-9]|50)$' },
      pageToken: text(),
    },
    undefined,
  ),
  'DELETE /youtube/v3/posts': operation({ id: text() }, undefined, { required: ['id'] }),
  'POST /upload/youtube/v3/posts/image': operation(
    // Assumed: the bytes alone as the body, which is Google's `uploadType=media` elsewhere.
    { uploadType: { const: 'media' } },
    undefined,
    {
      required: ['uploadType'],
      types: ['image/jpeg', 'image/png', 'image/gif', 'image/webp', 'application/octet-stream'],
    },
  ),
};

interface Operation {
  /** Of `{ query, body }`. */
  readonly schema: object;
  /** Media types of the body; missing: none is sent. */
  readonly types?: readonly string[];
}

function operation(
  query: object,
  body: object | undefined,
  { required = ['part'], types }: { required?: string[]; types?: string[] } = {},
): Operation {
  const schema = {
    type: 'object',
    required: ['query', ...(body ? ['body'] : [])],
    additionalProperties: false,
    properties: {
      query: closed(query, required),
      ...(body ? { body } : {}),
    },
  };
  return { schema, ...(types ? { types } : {}) };
}

/** Text, images, or both; of a post's own fields only what one may write. */
function bodyOfInsert(): object {
  const image = closed({ uploadToken: text() }, ['uploadToken']);
  const images = { type: 'array', minItems: 1, maxItems: 10, items: image };
  return {
    ...closed({
      snippet: snippet(),
      attachments: closed({ imageAttachments: images }, ['imageAttachments']),
    }),
    anyOf: [{ required: ['snippet'] }, { required: ['attachments'] }],
  };
}

/** "Updates the text of a post. You can't add, remove, or replace a post's images." */
function bodyOfUpdate(): object {
  return closed({ id: text(), snippet: snippet() }, ['id', 'snippet']);
}

function snippet(): object {
  // Assumed: that the channel may be named. It is a field of the resource.
  return closed({ channelId: text(), textDisplay: { type: 'string' } }, ['textDisplay']);
}

function partsOf(least: string): object {
  const one = '(?:id|snippet|attachments|status|statistics)';
  return { type: 'string', pattern: `^(?=.*${least})${one}(?:,${one})*$` };
}

function closed(properties: object, required: readonly string[] = []): object {
  return { type: 'object', additionalProperties: false, required, properties };
}

function text(): object {
  return { type: 'string', minLength: 1 };
}
