import { isMonthName } from './months.ts';

const LABEL =
  /^(?:(?:last|zuletzt|first|article|beitrag|date|datum)\s+)?(?:updated?|published|posted|modified|created|date|aktualisiert|veröffentlicht|geändert|erstellt|publiziert|stand|datum|publiée?|mise? à jour|modifiée?|actualizado|publicado|fecha|aggiornato|pubblicato|atualizado|bijgewerkt|gepubliceerd|geplaatst|zaktualizowano|opublikowano|data publikacji|обновлено|опубликовано|дата|güncelleme|yayınlanma|更新|公開|発行|发布时间|发布|تاریخ انتشار|به‌?روزرسانی|تحديث|نُ?شر في)(?![\p{L}\p{M}])\s*[:：]?\s*/iu;

const WORD =
  /^(?:at|on|am|um|le|el|il|em|op|de|del|of|the|à|a|las|alle|ore|om|dnia|o|в|den|der|vom|uhr|h|hrs?|pm|noon|est|edt|cst|cdt|pst|pdt|et|gmt|utc|bst|cet|cest|mez|mesz|msk|ist|г|год|года|年|月|日|time)$/iu;

const WEEKDAY =
  /^(?:mon|tue|wed|thu|fri|sat|sun|die|mit|don|fre|sam|son|lun|mar|mer|mié|mie|jeu|jue|gio|ven|vie|sáb|sab|dim|dom|mo|di|do|fr|sa|so|пон|вто|сре|чет|пят|суб|вос|maa|din|woe|vri|zat|zon|zo)\p{L}{0,9}$/iu;

const NUMBER =
  /^(?:\p{Nd}{1,4}(?:st|nd|rd|th|h|er|º)?|\p{Nd}{1,2}h\p{Nd}{2}|\p{Nd}{1,2}[ap]m|t?\p{Nd}{6,8}z?)$/iu;

const LONGEST = 90;

/** True for a line that tells a date or a time and no more: "Updated at 14:05", "Tuesday, 12 May 2026". */
export function tellsOnlyWhen(line: string): boolean {
  if (line.length > LONGEST || !/\p{Nd}/u.test(line)) return false;
  const label = LABEL.exec(line)?.[0] ?? '';
  const words = line
    .slice(label.length)
    .split(/[\s,.:/|·•–—()年月日-]+/u)
    .filter((word) => word !== '');
  const isDate = words.some(isMonthName);
  return (
    words.length > 0 &&
    words.every(
      (word) => NUMBER.test(word) || WORD.test(word) || WEEKDAY.test(word) || isMonthName(word),
    ) &&
    (label !== '' || isDate || /\p{Nd}{1,4}[-./年]\s?\p{Nd}{1,2}[-./月]\s?\p{Nd}{1,4}/u.test(line))
  );
}
