/** What a caller may write; a PUT replaces all of it. */
export interface ProfileDraft {
  readonly displayName: string;
  /** Empty when the caller gives none. */
  readonly bio: string;
  /** Empty when the caller gives none. */
  readonly interests: readonly string[];
}

export interface Profile extends ProfileDraft {
  readonly id: string;
  /** 1 for a new profile, one more with every write. */
  readonly version: number;
  /** Random per write: two regions can write the same version number while they do not hear of each other. */
  readonly revision: string;
  /** ISO 8601, UTC. */
  readonly updatedAt: string;
  /** Region that accepted the write. */
  readonly updatedRegion: string;
}

/** The strong entity tag of one write, with its quotes: `"4-1f3a9c02b7d4"`. */
export function entityTag({ version, revision }: Pick<Profile, "version" | "revision">): string {
  return `"${version}-${revision}"`;
}

/** The profile as callers see it; the revision shows only as part of the entity tag. */
export function profileBody({ revision: _revision, ...profile }: Profile): Omit<Profile, "revision"> {
  return profile;
}
