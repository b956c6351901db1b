import { Text } from "ink";

export interface ProgressBarProps {
  /** 0 to 1. */
  readonly share: number;
  /** In columns. */
  readonly width: number;
  readonly hasColor: boolean;
}

/** A bar of `width` columns that is filled by `share`. */
export function ProgressBar({ share, width, hasColor }: ProgressBarProps) {
  const filled = Math.floor(share * width);
  return (
    <Text>
      <Text {...(hasColor && { color: "green" })}>{"█".repeat(filled)}</Text>
      {"░".repeat(width - filled)}
    </Text>
  );
}
