import { ImageError } from '../core/fitted-image.ts';
import type { ImageFormat } from '../core/image-format.ts';
import type { ImageRules } from '../core/image-rules.ts';
import { type EncodedImage, encodeImage } from './encode-image.ts';
import { readFacts } from './image-facts.ts';
import { explainUnreadable, loadSharp } from './load-sharp.ts';
import { planFit } from './plan-fit.ts';
import { stripMetadata } from './strip-metadata.ts';

/**
 * Fits an image to a network's rules. One that is within them and holds nothing but pixels comes back byte for
 * byte; one that only holds more than pixels loses that, and its pixels stay as they are.
 *
 * @throws {ImageError} if it cannot be read to its end, or cannot be fitted
 */
export async function fitBytes(
  bytes: Buffer,
  format: ImageFormat,
  rules: ImageRules,
  beside: number,
): Promise<EncodedImage> {
  const open = await loadSharp();
  try {
    const facts = await readFacts(bytes, format, open);
    const plain = stripMetadata(bytes, format);
    // The decoder takes a GIF that ends too early for a shorter one.
    if (format === 'gif' && plain === undefined) {
      throw new ImageError('It is not whole: it ends too early. Save it anew.');
    }
    const plan = planFit(facts, plain, rules, beside);
    if (plan.kind === 'redraw') return await encodeImage(bytes, plan, rules, open);
    const { width, height } = facts;
    return { bytes: plan.bytes, type: plan.type, width, height, notes: [] };
  } catch (error) {
    throw explainUnreadable(error);
  }
}
