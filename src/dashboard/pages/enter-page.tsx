import type { Words } from '../words/words.ts';
import { Page } from './layout.tsx';

interface EnterPageProps {
  readonly words: Words;
  /** What stands in the field already. */
  readonly name: string;
  /** Where it leads. */
  readonly to: string;
  readonly problem: 'wrong' | 'too-many' | undefined;
}

/** Asks for name and password. */
export function EnterPage({ words, name, to, problem }: EnterPageProps) {
  const { access } = words;
  return (
    <Page words={words} title={access.enter}>
      <main id="content" class="narrow">
        <h1>{access.enter}</h1>
        {problem && (
          <p class="alarm" role="alert">
            {problem === 'wrong' ? access.wrong : access.tooMany}
          </p>
        )}
        <form method="post" action="/enter" class="stack">
          <input type="hidden" name="to" value={to} />
          <label>
            {access.name}
            <input name="name" autocomplete="username" required value={name} />
          </label>
          <label>
            {access.password}
            <input name="password" type="password" autocomplete="current-password" required />
          </label>
          <button type="submit">{access.enter}</button>
        </form>
      </main>
    </Page>
  );
}
