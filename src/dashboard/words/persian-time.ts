/** `۲ ساعت و ۱۰ دقیقه` */
export function sayLength(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  const [days, hours, rest] = [
    Math.floor(minutes / 1_440),
    Math.floor(minutes / 60) % 24,
    minutes % 60,
  ];
  if (minutes < 1) return 'کمتر از یک دقیقه';
  if (days >= 7) return say(days, 'روز');
  if (days > 0) return hours === 0 ? say(days, 'روز') : and(say(days, 'روز'), say(hours, 'ساعت'));
  if (hours > 0) {
    return rest === 0 ? say(hours, 'ساعت') : and(say(hours, 'ساعت'), say(rest, 'دقیقه'));
  }
  return say(minutes, 'دقیقه');
}

function say(n: number, unit: string): string {
  return `${n.toLocaleString('fa-IR')} ${unit}`;
}

function and(a: string, b: string): string {
  return `${a} و ${b}`;
}
