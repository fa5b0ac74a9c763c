import { basename } from 'node:path';
import type { ArticleImage } from '../core/article.ts';
import type { Entry } from '../core/config.ts';
import { type FitImage, type FittedImage, ImageError } from '../core/fitted-image.ts';
import type { ImageRules } from '../core/image-rules.ts';
import type { Place, Problem } from '../core/problem.ts';

/** The images of an article as one network gets them. */
export interface PostImages {
  readonly images: readonly FittedImage[];
  /** What keeps an image from going out, and what people should know of the others. */
  readonly problems: readonly Problem[];
}

/** Fits an entry's images to a network: the first ones, where there are more than it takes. */
export async function fitPostImages(
  entry: Entry,
  rules: ImageRules,
  fitImage: FitImage,
): Promise<PostImages> {
  const given = entry.article.images;
  const used = given.slice(0, rules.most);
  const fits = await Promise.all(
    used.map((image) => tryToFit(image, rules, used.length - 1, fitImage)),
  );

  const problems = findLeftOut(entry, rules);
  const images: FittedImage[] = [];
  fits.forEach((fit, i) => {
    const image = used[i] as ArticleImage;
    const place = placeOf(image, entry);
    const name = basename(image.file);
    if (typeof fit === 'string') {
      problems.push(
        image.isOptional
          ? problem(place, 'warning', `The post goes out without the image ${name}. ${fit}`)
          : problem(place, 'error', `The image ${name} cannot be used. ${fit}`),
      );
      return;
    }
    images.push(fit);
    for (const note of fit.notes) problems.push(problem(place, 'warning', `${name}: ${note}`));
    const fault = findLongAlt(image, rules);
    if (fault) problems.push(problem(place, 'error', fault));
  });
  return { images, problems };
}

async function tryToFit(
  image: ArticleImage,
  rules: ImageRules,
  beside: number,
  fitImage: FitImage,
): Promise<FittedImage | string> {
  try {
    return await fitImage(image, rules, beside);
  } catch (error) {
    if (error instanceof ImageError) return error.message;
    throw error;
  }
}

function findLeftOut(entry: Entry, { most, network }: ImageRules): Problem[] {
  const leftOut = entry.article.images.slice(most);
  const [first] = leftOut;
  if (first === undefined) return [];
  const names = leftOut.map(({ file }) => basename(file)).join(', ');
  const message = `${network} takes ${most} images of a post: the first ${most} go out, and ${names} ${leftOut.length === 1 ? 'stays' : 'stay'} out.`;
  return [problem(placeOf(first, entry), 'warning', message)];
}

function findLongAlt({ alt, file }: ArticleImage, { maxAlt, network }: ImageRules) {
  if (maxAlt === undefined || alt.length <= maxAlt) return undefined;
  return `The description of ${basename(file)} is ${alt.length} characters long, and ${maxAlt} is the most that ${network} takes. Shorten it by ${alt.length - maxAlt}.`;
}

function placeOf(image: ArticleImage, entry: Entry): Place {
  return image.place ?? entry.place;
}

function problem(place: Place, severity: Problem['severity'], message: string): Problem {
  return { ...place, severity, message };
}
