import { type ZodType, z } from 'zod';
import { configSchema, includedSchema } from './schema.ts';

/** A schema as JSON Schema says it, of what people write. */
export type JsonSchema = z.core.JSONSchema.BaseSchema;

/** What editors check and complete by while people type: the files in config/, and their texts. */
export function renderJsonSchemas(): ReadonlyMap<string, string> {
  return new Map([
    ['carillon.schema.json', render('Carillon config', configSchema)],
    [
      'publications.schema.json',
      render('Publications that a Carillon config includes', includedSchema),
    ],
  ]);
}

function render(title: string, schema: ZodType): string {
  return `${JSON.stringify({ title, ...toJsonSchema(schema) }, null, 2)}\n`;
}

/** `look` sees every part, with what it is in JSON Schema. */
export function toJsonSchema(
  schema: ZodType,
  look: (part: z.core.$ZodTypes, json: JsonSchema) => void = () => {},
): JsonSchema {
  return z.toJSONSchema(schema, {
    io: 'input',
    target: 'draft-7',
    override({ zodSchema, jsonSchema }) {
      // Zod takes examples for what is read, and leaves them out where that is not what is written. Ours are written.
      const { examples } = z.globalRegistry.get(zodSchema) ?? {};
      if (Array.isArray(examples)) jsonSchema.examples ??= examples;
      look(zodSchema, jsonSchema);
    },
  });
}
