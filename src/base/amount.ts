/** `1234567` -> `1,234,567` */
export function countText(count: number): string {
  return Math.round(count).toLocaleString("en-US");
}

/** `98349, 100000` -> `98.3 %`. Rounded down: 100 % is said only when nothing is missing. */
export function shareText(part: number, whole: number): string {
  return `${(Math.floor((part * 1000) / whole) / 10).toFixed(1)} %`;
}

/** Two units at most: `0.4 s`, `12 s`, `2 min 05 s`, `3 h 20 min`. */
export function durationText(ms: number): string {
  if (ms < 9950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  const twoDigits = (count: number) => String(count).padStart(2, "0");
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${twoDigits(seconds % 60)} s`;
  const minutes = Math.round(seconds / 60);
  return `${Math.floor(minutes / 60)} h ${twoDigits(minutes % 60)} min`;
}
