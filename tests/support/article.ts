import type { Article } from '../../src/core/article.ts';

/** An article with a title and nothing else. */
export function anArticle(over: Partial<Article> = {}): Article {
  return { title: 'Spring report', text: '', images: [], tags: [], ...over };
}

/** Texts in several scripts, with what makes cutting hard: abbreviations, quotes, addresses, joined emoji. */
export const samples: readonly { readonly language: string; readonly text: string }[] = [
  {
    language: 'en',
    text: 'Mrs. Okafor of the U.N. counted 1,204.5 tonnes on Jan. 12. “Nobody expected it,” she said. “It came at night.” The town asked for help at https://help.example.org/floods?from=town, by mail to desk@example.org and with #RiverWatch; within 3 hours, e.g. before dawn, forty people had come!\n\nWhat happens next? Dr. J. P. Hale, who leads the work (he lives nearby), answers: “We build a wall… and a better one.”',
  },
  {
    language: 'fr',
    text: '« C’est une surprise », dit M. Le Goff, maire depuis 2014. Selon l’art. 5 du rapport, la rivière est montée de 3,5 m en une nuit ; personne ne s’y attendait ! Que faire ? Les habitants répondent : aider.\n\nPlus d’informations sur www.exemple.fr/riviere.',
  },
  {
    language: 'fa',
    text: 'رودخانه امسال دو بار بالا آمد و هیچ‌کس انتظارش را نداشت. آیا این اتفاق دوباره رخ می‌دهد؟ دکتر ا. رضایی می‌گوید: «می‌توان آماده شد، اگر بخواهیم.» خانه‌های کنار رود ۳٫۵ متر زیر آب رفتند؛ مردم شهر به کمک آمدند و تا صبح کار کردند!',
  },
  {
    language: 'ja',
    text: '今年、川は二度増水しました。「誰も予想していなかった。驚いた」と町長は語りました。来年も同じことが起きるでしょうか？専門家は３つの対策を挙げています。詳しくはhttps://example.jp/kawaをご覧ください。#防災 の情報もあります。',
  },
  {
    language: 'hi',
    text: 'इस साल नदी दो बार उफान पर आई। किसी को इसकी उम्मीद नहीं थी। डॉ. शर्मा ने कहा कि अगले साल भी ऐसा हो सकता है। क्या हम तैयार हैं? गाँव के लोगों ने रात भर काम किया और सुबह तक दीवार बना ली।',
  },
  {
    language: 'th',
    text: 'ปีนี้แม่น้ำเพิ่มสูงขึ้นสองครั้งโดยไม่มีใครคาดคิด ชาวบ้านช่วยกันสร้างกำแพงจนถึงเช้า ผู้เชี่ยวชาญกล่าวว่าปีหน้าอาจเกิดขึ้นอีก',
  },
  {
    language: 'de',
    text: 'Am 12. Juni stieg der Fluss um 3,5 m, z. B. an der Brücke in der Berliner Str. 5. Dr. med. Weiß sagte: „Das hat niemand erwartet.“ Wer hilft jetzt? Rund 40 Leute kamen, Donaudampfschifffahrtsgesellschaftskapitäne inklusive.',
  },
  { language: 'und', text: '👩🏽‍🚀👨‍👩‍👧‍👦🫱🏽‍🫲🏻🏴󠁧󠁢󠁷󠁬󠁳󠁿❤️‍🔥1️⃣🇫🇷'.repeat(12) },
];
