import type { Words } from '../words/words.ts';
import { FormToken } from './form-token.tsx';
import type { Setting } from './setting.ts';

/** What people can do, by the name that stands in addresses. */
export type DeedName = Exclude<keyof Words['deeds'], 'back'>;

/** Something to write, for a deed that needs it. */
export interface DeedField {
  readonly name: string;
  readonly type: 'text' | 'url' | 'datetime-local';
  readonly isOptional?: boolean;
  /** Most characters. */
  readonly longest?: number;
}

/** Something that this visitor may do here. */
export interface DeedOffer {
  readonly deed: DeedName;
  /** Where the form leads. */
  readonly action: string;
  /** What must be the same when it is done as it was when it was shown. */
  readonly shown?: Readonly<Record<string, string>>;
  readonly field?: DeedField | undefined;
}

interface DeedFormProps {
  readonly offer: DeedOffer;
  readonly setting: Setting;
  /** What it is called here, where that is not what it is called elsewhere. */
  readonly title?: string;
}

/** A button, with a field where the deed needs one. Asks before it does anything: see ConfirmPage. */
export function DeedForm({ offer, setting, title }: DeedFormProps) {
  const { deed, action, shown = {}, field } = offer;
  const { words, visitor } = setting;
  const text = words.deeds[deed];
  return (
    <form method="post" action={action} class="deed">
      <FormToken visitor={visitor} />
      {Object.entries(shown).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      {field !== undefined && (
        <label>
          {text.field}
          <input
            name={field.name}
            type={field.type}
            required={field.isOptional !== true}
            maxlength={field.longest}
            autocomplete="off"
            dir={field.type === 'text' ? 'auto' : 'ltr'}
          />
        </label>
      )}
      <button type="submit" class={text.isGrave ? 'grave' : undefined}>
        {title ?? text.title}
      </button>
    </form>
  );
}
