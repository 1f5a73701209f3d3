import { apportion, type ClientProfile, type ProfileShare } from "./profile";

/** Resolvers of one profile, in one block: from `first` on, `count` of them. */
export interface ProfileBlock {
  readonly profile: ClientProfile;
  readonly first: number;
  readonly count: number;
}

/** Places `resolvers` by the weights of the mix, in its order. */
export function blocksOf(clients: readonly ProfileShare[], resolvers: number): ProfileBlock[] {
  let first = 0;
  return apportion(clients, resolvers).map((count, index) => {
    const block = { profile: (clients[index] as ProfileShare).profile, first, count };
    first += count;
    return block;
  });
}
