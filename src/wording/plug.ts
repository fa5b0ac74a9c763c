// Sentences by which a publisher asks for something: to subscribe, to follow, to agree with cookies. Each is
// the whole of a sentence, and names what it asks for: "Subscribe to the spring course." is no such sentence.

const LETTER =
  "newsletters?|mailing list|e-?mail (?:list|alerts?|updates)|push alerts|infolettre|lettre d[’']info\\p{L}*|bolet[ií]n(?:es)?|boletim|nieuwsbrief|nyhetsbrev|nyhedsbrev|biuletyn\\p{L}*|рассылк\\p{L}*|bülten\\p{L}*|メルマガ|ニュースレター|خبرنامه|النشرة(?: البريدية)?";

const ASK =
  'subscribe|sign[ -]?up|join|get|receive|register|want more|abonnier\\p{L}*|melde\\p{L}*|jetzt|hier|bestell\\p{L}*|unser\\p{L}*|immer|abonnez|inscrivez|recevez|suscr[ií]b\\p{L}*|reg[ií]str\\p{L}*|recib[ea]\\p{L}*|iscriv\\p{L}*|abbonati|ricevi|assine|inscreva|receba|meld|schrijf|abonneer|ontvang|zapisz|zasubskrybuj|подпи[сш]\\p{L}*|در|برای|اشترك\\p{L}*|سجل\\p{L}*';

const PLUGS: readonly string[] = [
  `(?:${ASK})(?!\\p{L})[^.!?]{0,90}(?<!\\p{L})(?:${LETTER})(?!\\p{L})[^.!?]{0,160}`,
  '[^。]{0,40}(?:メルマガ|ニュースレター)[^。]{0,20}(?:登録|購読)[^。]{0,30}',
  // Channels
  '(?:subscribe|tune in) to (?:our|the|my) (?:[\\p{L}-]+ ){0,3}(?:channel|podcast|feed|updates)[^.!?]{0,80}',
  'подпи[сш]\\p{L}*[^.!?]{0,40}(?:канал|телеграм|telegram|дзен)[^.!?]{0,80}',
  // Follow us
  '(?:please )?(?:follow|find|like|join|watch) (?:us|me|our (?:page|channel|account)s?|@\\w+)(?: too)? (?:on|at|via|in) [^.!?]{2,110}',
  'follow (?:@\\w+|\\p{L}+(?: \\p{L}+)?) on (?:x|twitter|facebook|instagram|youtube|linkedin|tiktok|threads|bluesky|mastodon|telegram|whatsapp|google news)[^.!?]{0,25}',
  'folg(?:en|t|e)?(?: (?:sie|ihr|du))? (?:uns|mir)(?: (?:gern|gerne|auch|jetzt))* (?:auf|bei|via)[^.!?]{2,90}',
  '(?:suivez|retrouvez|rejoignez)[- ]nous (?:sur|aussi)[^.!?]{2,90}',
  's[ií]g(?:ue|a)nos (?:en|también)[^.!?]{2,90}',
  'seguici (?:su|anche)[^.!?]{2,90}',
  '(?:siga|acompanhe)(?:-| )?(?:nos)? (?:no|na|em)[^.!?]{2,60}(?:facebook|twitter|instagram|telegram|redes)[^.!?]{0,60}',
  'volg ons (?:op|via|ook)[^.!?]{2,90}',
  '(?:obserwuj|śledź|polub) nas (?:na|w)[^.!?]{2,90}',
  '(?:следите|читайте) (?:за нами|нас) (?:в|на)[^.!?]{2,90}',
  '(?:ما را|مارا) در [^.!?؟]{2,70}(?:دنبال|همراهی) [^.!?؟]{2,20}',
  'تابع(?:ونا|نا|وا)[^.!؟]{2,80}',
  '(?:关注|關注|扫码关注|订阅)(?:我们|我們)?[^。]{0,40}(?:公众号|公眾號|微信|频道|頻道)[^。]{0,30}',
  // Cookies
  '(?:we|this (?:web)?site|our (?:web)?site|by using this (?:web)?site)[^.!?]{0,60}\\bcookies[^!?]{0,200}',
  '(?:wir|diese (?:web)?seite|diese website|unsere (?:web)?seite|um unsere webseite)[^.!?]{0,80}\\bcookies[^!?]{0,200}',
  '(?:nous utilisons|ce site (?:web )?utilise|en poursuivant)[^.!?]{0,60}\\bcookies[^!?]{0,200}',
  '(?:utilizamos|usamos|est[ea] (?:sitio|web|site|página)[^.!?]{0,20}(?:utiliza|usa))[^.!?]{0,40}\\bcookies[^!?]{0,200}',
  '(?:questo sito|utilizziamo|usiamo)[^.!?]{0,40}\\bcookies?[^!?]{0,200}',
  '(?:deze (?:web)?site|wij gebruiken)[^.!?]{0,40}\\bcookies[^!?]{0,200}',
  '(?:ta strona|ten serwis|nasza strona)[^.!?]{0,40}(?:cookies|ciasteczek)[^!?]{0,200}',
  '(?:этот|наш) сайт[^.!?]{0,40}(?:cookies?|куки)[^!?]{0,200}',
];

const PLUG = new RegExp(`^(?:${PLUGS.join('|')})[\\s.!?…→»)]*$`, 'iu');

const LONGEST = 320;

/** True for a sentence in which a publisher only asks to be subscribed to, followed, or allowed to set cookies. */
export function isPlug(sentence: string): boolean {
  return sentence.length <= LONGEST && PLUG.test(sentence);
}
