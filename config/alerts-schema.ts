import { z } from 'zod';
import { ALERT_KINDS } from '../src/core/alerts.ts';
import { duration } from './duration-schema.ts';

const minute = 60_000;
const day = 24 * 60 * minute;

const about = z
  .array(z.enum(ALERT_KINDS, { error: `must be one of ${ALERT_KINDS.join(', ')}` }))
  .min(1, 'must hold at least one kind of alert')
  .meta({ examples: [['failed', 'missed', 'handoff']] });

const addressWords = 'must be an e-mail address, such as desk@example.org';
const ADDRESS = String.raw`[^\s@<>,;:"()\[\]\\]+@[^\s@<>,;:"()\[\]\\]+`;
const address = z
  .string({ error: addressWords })
  .max(254)
  .regex(new RegExp(`^${ADDRESS}$`), addressWords);
const addresses = z.union([address, z.array(address).min(1, addressWords).max(50)], {
  error: 'must be an e-mail address, or a list of them',
});

const senderWords =
  'must be an e-mail address, such as carillon@example.org or "Carillon <carillon@example.org>"';
const sender = z
  .string({ error: senderWords })
  .max(300)
  .regex(new RegExp(`^(?:${ADDRESS}|[^<>\\r\\n",;:@]{1,100} <${ADDRESS}>)$`), senderWords);

const webhookWords = 'must be a web address, or a group of lines with "url" and "about"';
const webhookUrl = z.string({ error: webhookWords });
const webhook = z.strictObject({
  url: webhookUrl
    .optional()
    .describe(
      'Where to send it: https, or http on this machine. Whoever knows the address of a Slack webhook can write there: it may stand in CARILLON_ALERT_WEBHOOK_URL instead.',
    )
    .meta({ examples: ['https://hooks.slack.com/services/T0/B0/x0'] }),
  about: about.optional().describe('Only these kinds of alert. Default: those of "alerts".'),
});
const anyWebhook = z.union([webhookUrl, webhook], { error: webhookWords });

const email = z.strictObject({
  to: addresses.describe('Who gets it.').meta({ examples: ['desk@example.org'] }),
  from: sender
    .describe('Whom it comes from.')
    .meta({ examples: ['Carillon <carillon@example.org>'] }),
  escalateTo: addresses
    .optional()
    .describe('Who gets it besides when a post to be made by hand is still waiting at the end.')
    .meta({ examples: [['editor@example.org']] }),
  about: about.optional().describe('Only these kinds of alert. Default: those of "alerts".'),
});

const reminderWords = 'must ascend: each length of time longer than the one before it';

export const alerts = z
  .strictObject({
    webhook: z
      .union([webhookUrl, webhook, z.array(anyWebhook).min(1).max(10)], { error: webhookWords })
      .optional()
      .describe(
        'Messages as Slack, Mattermost and others take them, signed if CARILLON_ALERT_WEBHOOK_SECRET is set. The address may stand in CARILLON_ALERT_WEBHOOK_URL instead.',
      )
      .meta({ examples: ['https://hooks.slack.com/services/T0/B0/x0'] }),
    email: z
      .union([email, z.array(email).min(1).max(10)], {
        error: 'must be a group of lines with "to" and "from"',
      })
      .optional()
      .describe(
        'Messages by e-mail. The mail server stands in CARILLON_SMTP_URL, such as smtps://user:password@mail.example.org.',
      )
      .meta({ examples: [{ to: 'desk@example.org', from: 'carillon@example.org' }] }),
    about: about.optional().describe('Only these kinds of alert. Default: all.'),
    remindAfter: z
      .array(duration(minute, 7 * day))
      .max(10, 'must hold no more than 10 lengths of time')
      .refine(
        (lengths) => lengths.every((one, i) => i === 0 || one > (lengths[i - 1] ?? 0)),
        reminderWords,
      )
      .prefault(['15m', '1h'])
      .describe(
        'When to remind of a post that a person has to make; the last time "escalateTo" is told, too. Default [15m, 1h].',
      ),
    quietFor: duration(0, 7 * day)
      .prefault('30m')
      .describe(
        'What was told, was over and is so again, is told again after this time at the earliest. Default 30m.',
      ),
  })
  .describe('Whom to tell when something needs a person, and how.');

export type WrittenAlerts = z.infer<typeof alerts>;
