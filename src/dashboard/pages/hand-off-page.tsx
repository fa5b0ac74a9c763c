import type { Child } from 'hono/jsx';
import type { Media, Post } from '../../core/post.ts';
import { partsOf } from '../../core/post.ts';
import type { Publication } from '../../core/publication.ts';
import { Away } from './away.tsx';
import { FormToken } from './form-token.tsx';
import { publicationPath } from './paths.ts';
import type { Setting } from './setting.ts';
import { When } from './when.tsx';

interface HandOffStepsProps {
  readonly setting: Setting;
  readonly publication: Publication;
  readonly networkName: string;
  readonly post: Post;
  /** Of the post as it is shown. */
  readonly fingerprint: string;
  readonly composerUrl: string | undefined;
  /** Where the form leads. */
  readonly confirmAction: string;
  imagePath(hash: string): string;
  /** What was wrong with the address that was given. */
  readonly problem: string | undefined;
  /** What was given. */
  readonly given: string;
}

/** A post that a person publishes, step by step, on a telephone too. */
export function HandOffSteps(props: HandOffStepsProps) {
  const { setting, publication, networkName, post, composerUrl, problem } = props;
  const { handOff } = setting.words;
  return (
    <>
      {problem !== undefined && (
        <p id="problem" class="alarm" role="alert" dir="auto">
          {problem}
        </p>
      )}
      <p>
        <strong dir="auto">{publication.publication}</strong> · {handOff.due}{' '}
        <When at={publication.due} setting={setting} /> · {handOff.until}{' '}
        <When at={publication.publishBy} setting={setting} />
      </p>
      <ol class="steps">
        <CopyStep setting={setting} post={post} />
        {post.media.length > 0 && <ImageStep {...props} />}
        <li>
          <h2>{handOff.open(networkName)}</h2>
          {composerUrl !== undefined && (
            <p>
              <a class="button" href={composerUrl} rel="noreferrer noopener" target="_blank">
                {handOff.openButton}
              </a>
            </p>
          )}
        </li>
        <AddressStep {...props} />
      </ol>
    </>
  );
}

function CopyStep({ setting, post }: Pick<HandOffStepsProps, 'setting' | 'post'>) {
  const { handOff } = setting.words;
  const text = partsOf(post).join('\n\n');
  return (
    <li>
      <h2 id="copy">{handOff.copy}</h2>
      <label class="unseen" for="text">
        {handOff.text}
      </label>
      <textarea id="text" readonly rows={10} dir="auto" lang={post.language}>
        {text}
      </textarea>
      <p class="deeds">
        <button
          type="button"
          class="main needs-script"
          data-copy="text"
          data-done={handOff.copied}
          data-failed={handOff.copyByHand}
        >
          {handOff.copyButton}
        </button>
        <span role="status" data-told />
      </p>
      {post.link !== undefined && !text.includes(post.link) && (
        <p>
          {handOff.link} <Away url={post.link} />
        </p>
      )}
    </li>
  );
}

function ImageStep({ setting, post, imagePath }: HandOffStepsProps) {
  return (
    <li>
      <h2>{setting.words.handOff.images(post.media.length)}</h2>
      <Images media={post.media} setting={setting} imagePath={imagePath} />
    </li>
  );
}

interface ImagesProps {
  readonly media: readonly Media[];
  readonly setting: Setting;
  imagePath(hash: string): string;
}

/** The images of a post, to look at and to keep. */
export function Images({ media, setting, imagePath }: ImagesProps) {
  const { handOff } = setting.words;
  return (
    <ul class="thumbnails">
      {media.map((image) => (
        <li>
          <img src={imagePath(image.hash)} alt={image.alt} loading="lazy" />
          <a href={`${imagePath(image.hash)}?download`} download={image.file}>
            {handOff.download} <bdi>{image.file}</bdi>
          </a>
          {image.alt !== '' && (
            <p class="quiet" dir="auto">
              {handOff.alt} {image.alt}
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}

function AddressStep({ setting, confirmAction, fingerprint, problem, given }: HandOffStepsProps) {
  const { handOff } = setting.words;
  return (
    <li>
      <h2>{handOff.paste}</h2>
      <form method="post" action={confirmAction} class="stack">
        <FormToken visitor={setting.visitor} />
        <input type="hidden" name="shown" value={fingerprint} />
        <label>
          {handOff.address}
          <input
            name="url"
            type="url"
            inputmode="url"
            required
            autocomplete="off"
            value={given}
            aria-describedby={problem === undefined ? undefined : 'problem'}
            aria-invalid={problem === undefined ? undefined : 'true'}
          />
        </label>
        <button type="submit" class="main">
          {handOff.done}
        </button>
      </form>
    </li>
  );
}

interface HandOffEndProps {
  readonly setting: Setting;
  readonly publication: Publication;
  /** True if the text has changed since somebody had it before them. */
  readonly isRewritten: boolean;
  /** The text as it is. */
  readonly text: Child;
  /** False for somebody who has not entered. */
  readonly hasMore: boolean;
}

/** How a publication stands that nobody has to post. */
export function HandOffEnd(props: HandOffEndProps) {
  const { setting, publication, isRewritten, text, hasMore } = props;
  const { words } = setting;
  const { state, receipt } = publication;
  return (
    <>
      <p>
        <strong dir="auto">{publication.publication}</strong>
      </p>
      <p class="plain" role="status">
        {state === 'published' ? words.handOff.isLive : words.handOff.isNotDue(words.states[state])}
      </p>
      {receipt !== undefined && (
        <p>
          <Away url={receipt.url} />
        </p>
      )}
      {isRewritten && (
        <>
          <p class="notice" role="alert">
            {words.handOff.rewritten}
          </p>
          {text}
        </>
      )}
      {hasMore && (
        <p>
          <a href={publicationPath(publication.publication)}>{words.handOff.toPublication}</a>
        </p>
      )}
    </>
  );
}
