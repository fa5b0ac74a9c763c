import { isPlug } from './plug.ts';

// Lines that close a mail, a press release or a page, each as the whole of a line.

const CLOSING: readonly string[] = [
  // Mail programs and phones
  'sent from (?:my|outlook|yahoo|proton)[^.]{0,40}|get outlook for \\p{L}+|von meinem [^.]{2,30} gesendet|gesendet (?:von|mit) [^.]{2,40}|envoyé (?:de|depuis) mon [^.]{2,30}|enviado (?:desde|do) (?:mi|meu) [^.]{2,30}|inviato da(?:l mio)? [^.]{2,30}|verzonden vanaf mijn [^.]{2,30}|wysłane z (?:mojego )?[^.]{2,30}|отправлено (?:с|из) [^.]{2,30}|iPhone’?umdan gönderildi|ارسال‌?\\s?شده از [^.]{2,30}|أُ?رسلت من [^.]{2,30}|(?:iPhone|私の[^.]{2,12})から送信|发自我的[^.]{2,20}',
  // Out of a list
  "(?:to )?unsubscribe(?: |$)[^\\n]{0,160}|(?:click here|if you (?:no longer|don[’']t) )[^\\n]{0,80}unsubscribe[^\\n]{0,80}|you (?:are receiving|received) this (?:e-?mail|message|newsletter)[^\\n]{0,200}|(?:view|read) (?:this (?:e-?mail|newsletter) )?in (?:your|a|the) browser|(?:hier |newsletter )?(?:abmelden|abbestellen)[^\\n]{0,80}|sie erhalten diese[nr]? (?:e-?mail|newsletter)[^\\n]{0,200}|(?:se )?désabonner?[^\\n]{0,120}|pour vous désabonner[^\\n]{0,120}|vous recevez (?:ce|cet) [^\\n]{0,160}|(?:para )?darse de baja[^\\n]{0,120}|cancelar (?:la )?suscripción[^\\n]{0,80}|(?:per )?(?:disiscriversi|cancellarsi)[^\\n]{0,120}|(?:uitschrijven|afmelden)[^\\n]{0,80}|wypisz się[^\\n]{0,80}|отписаться[^\\n]{0,80}|لغو (?:اشتراک|عضویت)[^\\n]{0,80}|إلغاء الاشتراك[^\\n]{0,80}|配信停止[^\\n]{0,60}|退订[^\\n]{0,40}",
  // Rights
  '(?:©|\\(c\\)|copyright(?!\\p{L})(?: ©)?)\\s*(?:\\p{Nd}{4}|by|by the)?[^\\n]{0,140}|[^\\n.]{0,80}(?:all rights reserved|alle rechte vorbehalten|tous droits réservés|todos los derechos reservados|tutti i diritti riservati|todos os direitos reservados|alle rechten voorbehouden|wszelkie prawa zastrzeżone|все права защищены|tüm hakları saklıdır|تمامی حقوق محفوظ است|جميع الحقوق محفوظة|版权所有|無断転載[^\\n]{0,10})[^\\n]{0,60}',
  // Disclaimers of mails
  '(?:this (?:e-?mail|message) (?:and any attachments?|is|may)|diese e-?mail (?:enthält|kann)|ce (?:message|courriel) (?:et|est)|este (?:mensaje|correo)[^\\n]{0,20}(?:confidencial|contiene))[^\\n]{0,60}(?:confidential|vertraulich|confidentiel|confidencial|intended|privileged)[^\\n]{0,400}',
  // Doors
  'back to top|nach oben|haut de page|(?:privacy policy|terms of (?:use|service)|imprint|impressum|datenschutz(?:erklärung)?|contact us|kontakt|mentions légales|aviso legal)(?:\\s*[|·•,/]\\s*[^\\n|·•]{2,30}){0,6}',
];

const FOOTER = new RegExp(`^(?:${CLOSING.join('|')})[\\s.!…]*$`, 'iu');

const LONGEST = 500;

/** True for a line that closes a page or a mail and is no part of the article: rights, "unsubscribe", "follow us". */
export function isFooterLine(line: string): boolean {
  return line.length <= LONGEST && (FOOTER.test(line) || isPlug(line));
}
