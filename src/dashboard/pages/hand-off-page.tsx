import type { Media } from '../../core/post.ts';
import type { Publication } from '../../core/publication.ts';
import { FormToken, Layout, type Setting } from './layout.tsx';
import { When } from './when.tsx';

interface HandOffPageProps {
  readonly setting: Setting;
  readonly publication: Publication;
  readonly networkName: string;
  readonly text: string;
  readonly media: readonly Media[];
  readonly composerUrl: string | undefined;
  /** Where the form leads, and where images are. */
  readonly confirmAction: string;
  imagePath(hash: string): string;
  /** What was wrong with the address that was given. */
  readonly problem: string | undefined;
  /** What was given. */
  readonly given: string;
}

/** A post that a person publishes, step by step, on a telephone too. */
export function HandOffPage(props: HandOffPageProps) {
  const { setting, publication, networkName, text, media, composerUrl } = props;
  const { handOff } = setting.words;
  return (
    <Layout setting={setting} title={handOff.title(networkName)}>
      <p>
        <strong dir="auto">{publication.publication}</strong> · {handOff.due}{' '}
        <When at={publication.due} setting={setting} /> · {handOff.until}{' '}
        <When at={publication.publishBy} setting={setting} />
      </p>
      <ol class="steps">
        <li>
          <h2 id="copy">{handOff.copy}</h2>
          <label class="unseen" for="text">
            {handOff.text}
          </label>
          <textarea id="text" readonly rows={10} dir="auto" data-copied>
            {text}
          </textarea>
          <button type="button" class="main" data-copy="text" data-done={handOff.copied} hidden>
            {handOff.copyButton}
          </button>
        </li>
        {media.length > 0 && (
          <li>
            <h2>{handOff.images(media.length)}</h2>
            <ul class="thumbnails">
              {media.map((image) => (
                <li>
                  <img src={props.imagePath(image.hash)} alt={image.alt} loading="lazy" />
                  <a href={`${props.imagePath(image.hash)}?download`} download={image.file}>
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
          </li>
        )}
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
        <li>
          <h2>{handOff.paste}</h2>
          <form method="post" action={props.confirmAction} class="stack">
            <FormToken visitor={setting.visitor} />
            <label>
              {handOff.address}
              <input
                name="url"
                type="url"
                inputmode="url"
                required
                autocomplete="off"
                value={props.given}
                aria-describedby={props.problem === undefined ? undefined : 'problem'}
                aria-invalid={props.problem === undefined ? undefined : 'true'}
              />
            </label>
            {props.problem !== undefined && (
              <p id="problem" class="alarm" role="alert" dir="auto">
                {props.problem}
              </p>
            )}
            <button type="submit" class="main">
              {handOff.done}
            </button>
          </form>
        </li>
      </ol>
    </Layout>
  );
}
