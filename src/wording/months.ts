/** Names of months by their first letters, in the languages that articles of our users are in. */
const months: readonly (readonly string[])[] = [
  ['jan', 'jän', 'ene', 'gen', 'sty', 'янв', 'oca'],
  ['feb', 'fev', 'fév', 'lut', 'фев', 'şub'],
  ['mar', 'mär', 'mrt', 'мар', 'maa'],
  ['apr', 'avr', 'abr', 'kwi', 'апр', 'nis'],
  ['may', 'mai', 'maj', 'mei', 'mag', 'мая', 'май'],
  ['jun', 'juin', 'giu', 'cze', 'июн', 'haz'],
  ['jul', 'juil', 'lug', 'lip', 'июл', 'tem'],
  ['aug', 'aoû', 'aou', 'ago', 'sie', 'авг', 'ağu'],
  ['sep', 'set', 'wrz', 'сен', 'eyl'],
  ['oct', 'okt', 'out', 'ott', 'paź', 'окт', 'eki'],
  ['nov', 'lis', 'ноя', 'kas'],
  ['dec', 'dez', 'dic', 'déc', 'gru', 'дек', 'ara'],
];

/** Number of the month that a word names, from 1; 0 if it names none. */
export function monthOf(word = ''): number {
  const known = word.toLowerCase();
  return months.findIndex((starts) => starts.some((start) => known.startsWith(start))) + 1;
}

const NAMES = `january february march april may june july august september october november december
  januar jänner februar feber märz mai juni juli oktober dezember
  janvier février mars avril juin juillet août septembre octobre novembre décembre
  enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
  gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre
  janeiro fevereiro março maio junho julho setembro outubro novembro dezembro
  januari februari maart mei juni juli augustus oktober desember marts maj
  stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia
  января февраля марта апреля мая июня июля августа сентября октября ноября декабря
  ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık
  ژانویه فوریه مارس آوریل مه ژوئن ژوئیه اوت سپتامبر اکتبر نوامبر دسامبر
  فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند
  يناير فبراير أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر`.split(/\s+/u);

/** True for the name of a month, whole or cut to three letters and more. */
export function isMonthName(word: string): boolean {
  const written = word.toLowerCase().replace(/\.$/, '');
  return NAMES.some(
    (name) =>
      name === written || (written.length >= 3 && name.startsWith(written)) || written === 'sept',
  );
}
