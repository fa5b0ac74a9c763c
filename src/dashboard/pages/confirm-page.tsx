import type { Child } from 'hono/jsx';
import type { DeedOffer } from './deed-form.tsx';
import { FormToken } from './form-token.tsx';
import { Layout } from './layout.tsx';
import type { Setting } from './setting.ts';
import { When } from './when.tsx';

interface ConfirmPageProps {
  readonly setting: Setting;
  readonly offer: DeedOffer;
  /** What it is done to. */
  readonly subject: string;
  /** When it is due, if it is a publication: milliseconds since 1970. */
  readonly due?: number | undefined;
  /** What was written on the page before, as people read it. */
  readonly written?: Child;
  readonly post?: Child;
  /** What was written on the page before, to go along. */
  readonly fields: Readonly<Record<string, string>>;
  readonly back: string;
}

/** Asks once more before something is done. Works without a script. */
export function ConfirmPage(props: ConfirmPageProps) {
  const { setting, offer, subject, due, written, post, fields, back } = props;
  const { words, visitor } = setting;
  const text = words.deeds[offer.deed];
  return (
    <Layout setting={setting} title={text.title} stylesheet="/post.css" isStill>
      <div class="asked">
        <p>
          <strong dir="auto">{subject}</strong>
          {due !== undefined && (
            <>
              {' · '}
              <When at={due} setting={setting} />
            </>
          )}
        </p>
        {written !== undefined && (
          <p>
            {text.field}: <b dir="auto">{written}</b>
          </p>
        )}
        <p>{text.asks}</p>
        {post}
        <form method="post" action={offer.action} class="deeds">
          <FormToken visitor={visitor} />
          <input type="hidden" name="sure" value="yes" />
          {Object.entries(fields).map(([name, value]) => (
            <input type="hidden" name={name} value={value} />
          ))}
          <button type="submit" class={text.isGrave ? 'grave' : 'main'}>
            {text.title}
          </button>
          <a href={back}>{words.deeds.back}</a>
        </form>
      </div>
    </Layout>
  );
}
