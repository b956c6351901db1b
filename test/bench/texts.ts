/** What the benches of the daemon ask for, and what they are answered. */
export const TEXT = "Дверь открылась, и вошёл старик.";
export const TRANSLATION = "Врата су се отворила, и ушао је старац.";
