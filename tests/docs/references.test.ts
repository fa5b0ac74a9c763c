import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it, test } from 'node:test';
import { z } from 'zod';
import { type JsonSchema, toJsonSchema } from '../../config/json-schema.ts';
import { exampleOf, renderKeyReference } from '../../config/key-reference.ts';
import { configSchema } from '../../config/schema.ts';
import { renderCommandReference } from '../../src/cli/command-reference.ts';

describe('the pages that are written by "npm run schema"', () => {
  it('are up to date', () => {
    assert.equal(readFileSync('docs/config.md', 'utf8'), renderKeyReference());
    assert.equal(readFileSync('docs/commands.md', 'utf8'), renderCommandReference());
  });
});

interface Key {
  readonly name: string;
  readonly schema: z.ZodType;
  readonly json: JsonSchema;
  readonly isRequired: boolean;
}

function keysOf(root: z.ZodType): readonly Key[] {
  const parts: z.core.$ZodTypes[] = [];
  const json = toJsonSchema(root, (part, its) => {
    its['x-part'] = parts.push(part) - 1;
  });
  const keys: Key[] = [];
  const walk = (part: JsonSchema, path: string): void => {
    for (const [name, value] of Object.entries(part.properties ?? {})) {
      const below = value as JsonSchema;
      const schema = parts[below['x-part'] as number] as z.ZodType | undefined;
      assert.ok(schema, `${path}.${name} is seen with its schema`);
      const isRequired = part.required?.includes(name) ?? false;
      keys.push({ name: `${path}.${name}`, schema, json: below, isRequired });
      walk(below, `${path}.${name}`);
    }
    const others = [
      part.items,
      part.additionalProperties,
      ...(part.anyOf ?? []),
      ...(part.oneOf ?? []),
    ];
    for (const other of others) if (typeof other === 'object') walk(other as JsonSchema, path);
  };
  walk(json, '');
  return keys;
}

const keys = keysOf(configSchema);

/** True for a group of lines, the keys of which have examples of their own. */
function isGroup({ json }: Key): boolean {
  return json.properties !== undefined;
}

test('every key of the config says what it is', () => {
  assert.ok(keys.length > 150, `only ${keys.length}`);
  assert.deepEqual(
    keys.filter(({ json }) => !json.description).map(({ name }) => name),
    [],
  );
});

test('every key of the config has an example, and the config takes it', () => {
  const without = keys.filter((key) => !isGroup(key) && exampleOf(key.json) === undefined);
  const refused = keys.flatMap(({ name, schema, json }) => {
    const { examples } = json;
    const given = Array.isArray(examples) ? examples : [exampleOf(json)];
    return given
      .filter((one) => one !== undefined && !schema.safeParse(one).success)
      .map((one) => [name, one]);
  });

  assert.deepEqual(
    without.map(({ name }) => name),
    [],
  );
  assert.deepEqual(refused, []);
});

test('every default of the config is one that could be written', () => {
  const withDefault = keys.filter(({ json }) => json.default !== undefined);

  const refused = withDefault.filter(({ schema, json }) => !schema.safeParse(json.default).success);

  assert.ok(withDefault.length > 15);
  assert.deepEqual(
    refused.map(({ name }) => name),
    [],
  );
});

test('what the words say of a default is what the schema has', () => {
  const told = keys.flatMap(({ name, json }) => {
    const said = /Default \[?([\w, .-]+?)\]?\.$/.exec(json.description ?? '')?.[1];
    return said === undefined || json.default === undefined
      ? []
      : [{ name, said, has: [json.default].flat().join(', ') }];
  });

  assert.ok(told.length > 10, `only ${told.length}`);
  assert.deepEqual(
    told.filter(({ said, has }) => said !== has),
    [],
  );
});

test('a key without an example would be noticed', () => {
  const [key] = keysOf(z.object({ a: z.string() }));

  assert.ok(key && exampleOf(key.json) === undefined && key.isRequired);
});
