import { z } from 'zod';
import { duration } from './duration-schema.ts';

const day = 86_400_000;

/** One text, or a list of them. */
function textOrList(words: string) {
  return z.union([z.string(), z.array(z.string({ error: words }))], { error: words });
}

const slots = textOrList('must be days and times, such as "Mon-Fri 09:00, 13:00"')
  .describe(
    'Times of the week at which entries with "at: next-slot" go out, one in each: days and times, or a list of such.',
  )
  .meta({
    examples: ['Mon-Fri 09:00, 13:00, 17:30', ['Mon-Fri 09:00, 13:00', 'Sat 10:00'], 'daily 09:00'],
  });

const order = z
  .enum(['first-come', 'freshest-first'])
  .describe(
    'Who gets the next slot: what came first, which then keeps its slot (first-come), or the articles that came out last, before which older ones give way (freshest-first). Default first-come.',
  );

const quietHours = textOrList('must be hours such as "22:00-07:00"')
  .describe(
    'Hours in which nothing is planned: what would go out then goes out when they end. With days if not on all: those on which the hours begin. [] is none.',
  )
  .meta({ examples: ['22:00-07:00', ['22:00-07:00', 'Sat, Sun 00:00-10:00']] });

const blackout = textOrList('must be dates such as 2026-12-25, or calendar files (.ics)')
  .describe(
    'Days and hours on which nothing is planned: dates, spans, or files of calendars (.ics). What would go out then goes out afterwards; entries with "every" leave these days out.',
  )
  .meta({
    examples: [['2026-12-25', '2026-12-31 18:00 to 2027-01-01 12:00', 'calendars/holidays.ics']],
  });

const gap = duration(0, 7 * day)
  .describe('Least time between two publications of an account. Default 0s.')
  .meta({ examples: ['20m'] });

const perDay = z
  .int()
  .min(1)
  .max(1_000)
  .describe(
    'Most publications of an account on one day; others go out on the next. Default: no limit.',
  )
  .meta({ examples: [8] });

/** The rules that an account may have of its own. */
export const accountRules = z.object({
  slots: slots.optional(),
  order: order.optional(),
  quietHours: quietHours.optional(),
  blackout: blackout.optional(),
  gap: gap.optional(),
  perDay: perDay.optional(),
});

export type WrittenRules = z.infer<typeof accountRules>;

export const schedule = z
  .strictObject({
    horizon: duration(day, 400 * day)
      .prefault('35d')
      .describe('How far ahead entries with "every" are planned. Default 35d.'),
    stagger: duration(0, day)
      .prefault('0s')
      .describe(
        'Least time between the accounts of one entry: the second goes out that much after the first. Not for slots, which are times of their own. Default 0s.',
      )
      .meta({ examples: ['10m'] }),
    ...accountRules.shape,
  })
  .describe(
    'When the accounts may publish. An account says the same keys for itself, and these win; only its blackout is added to the one here.',
  );

const dates = textOrList('must be dates such as 2026-12-25')
  .describe('Days that "every" leaves out: dates, or spans of them.')
  .meta({ examples: [['2026-12-25', '2026-12-27 to 2027-01-02']] });

/** Keys of an entry about when it goes out, besides "at". */
export const recurrenceKeys = z.object({
  every: textOrList('must be a rule such as "Tue,Fri 09:00"')
    .optional()
    .describe(
      'Publishes again and again, instead of "at": days and times in words, or a cron rule (5 fields, or 6 with seconds first).',
    )
    .meta({
      examples: [
        'Tue,Fri 09:00',
        'weekdays 08:30',
        'daily 12:00',
        'first Monday 10:00',
        'last Fri 16:00',
        'day 1, 15 09:00',
        '0 9 * * 2,5',
      ],
    }),
  from: z
    .string({ error: 'must be a date such as 2026-11-24' })
    .optional()
    .describe('The first day of "every".')
    .meta({ examples: ['2026-11-24'] }),
  until: z
    .string({ error: 'must be a date such as 2026-12-31' })
    .optional()
    .describe('The last day of "every".')
    .meta({ examples: ['2026-12-31'] }),
  skip: dates.optional(),
  count: z
    .int()
    .min(1)
    .max(10_000)
    .optional()
    .describe('How often "every" comes at most, counted from "from".')
    .meta({ examples: [10] }),
  timezone: z
    .string({ error: 'must be the name of a time zone, such as "America/New_York"' })
    .optional()
    .describe('Time zone of the times of this entry. Default: that of the file.')
    .meta({ examples: ['America/New_York'] }),
  notBefore: z
    .string({ error: 'must be a time such as 2026-11-24 09:00' })
    .optional()
    .describe('Embargo: nothing of the entry goes out before this time, whatever else is said.')
    .meta({ examples: ['2026-11-24 09:00'] }),
});
