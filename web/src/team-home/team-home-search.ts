/** What the address of a team's home says: which team. */
export type TeamHomeSearch = { readonly team?: string }

/** Reads the address; what makes no sense is left out. */
export function readTeamHomeSearch({ team }: Record<string, unknown>): TeamHomeSearch {
  return team !== undefined && /^[1-9]\d{0,17}$/.test(String(team)) ? { team: String(team) } : {}
}
