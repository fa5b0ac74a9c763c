import type { Context, Hono } from 'hono';
import { partsOf } from '../../core/post.ts';
import type { Publication } from '../../core/publication.ts';
import { openCalendar } from '../../core/say-time.ts';
import { attemptsOf } from '../../telling/attempts.ts';
import { factsOf } from '../../telling/facts.ts';
import { showAsJson } from '../../telling/publication-json.ts';
import { readShown } from '../../telling/read-shown.ts';
import { contextOf, type Shown } from '../../telling/shown.ts';
import { sayEvent } from '../../telling/story-text.ts';
import { whatIsNext } from '../../telling/what-is-next.ts';
import type { VisitEnv } from '../access/entrance.tsx';
import type { DashboardData } from '../data.ts';
import { offerDeeds } from '../deeds/offer-deeds.ts';
import { Layout } from '../pages/layout.tsx';
import { NetworkPost } from '../pages/network-post.tsx';
import { PublicationPage } from '../pages/publication-page.tsx';
import { settingOf, showPage } from './show-page.ts';

const MOST_SIBLINGS = 30;

/** Everything about one publication, and what people can do to it. */
export function addPublication(app: Hono<VisitEnv>, data: DashboardData): void {
  app.get('/publications/:publication{.+}', async (context) => {
    const name = context.req.param('publication');
    const publication = await data.desk.ledger.get(name);
    if (publication === undefined) return showUnknown(context, name, data);
    const [setting, shown] = await Promise.all([
      settingOf(context, data),
      readShown(publication, data.desk),
    ]);
    const { post } = shown;
    const calendar = openCalendar(setting.timezone);
    const { words, visitor } = setting;
    return showPage(
      context,
      <PublicationPage
        {...{ setting, publication, networkName: shown.networkName, media: post?.media ?? [] }}
        post={
          post === undefined ? (
            <p>
              {publication.archive ? words.publication.textArchived : words.publication.textUnknown}
            </p>
          ) : (
            <NetworkPost
              publication={name}
              post={post}
              accountName={publication.account}
              account={data.desk.config.accounts.get(publication.account)}
            />
          )
        }
        facts={factsOf(shown, calendar)}
        next={
          publication.state === 'handoff'
            ? [words.publication.byHandNext]
            : whatIsNext(shown, calendar)
        }
        story={shown.story.map((event) => ({
          at: event.at,
          sentence: sayEvent(event, contextOf(shown, calendar)),
        }))}
        attempts={linesOfAttempts(shown, calendar)}
        deeds={offerDeeds(publication, post, visitor)}
        siblings={siblingsOf(publication, data)}
        json={JSON.stringify(showAsJson(shown, calendar), null, 2)}
      />,
    );
  });
}

/** Answers that there is none of that name. */
export async function showUnknown(
  context: Context<VisitEnv>,
  name: string,
  data: DashboardData,
): Promise<Response> {
  const setting = await settingOf(context, data);
  const title = setting.words.publication.unknown(name);
  return showPage(context, <Layout {...{ setting, title }}>{null}</Layout>, 404);
}

function linesOfAttempts(shown: Shown, calendar: ReturnType<typeof openCalendar>) {
  const isThread = shown.post !== undefined && partsOf(shown.post).length > 1;
  return attemptsOf(shown.story).map(({ number, part, began, end }) => ({
    at: began,
    number,
    part: isThread ? part + 1 : undefined,
    outcome: end && sayEvent(end, contextOf(shown, calendar)),
  }));
}

function siblingsOf({ entry, publication }: Publication, { overview }: DashboardData) {
  const isSibling = (row: { readonly entry: string; readonly publication: string }) =>
    row.entry === entry && row.publication !== publication;
  return overview.find(isSibling, { skip: 0, limit: MOST_SIBLINGS }).rows;
}
