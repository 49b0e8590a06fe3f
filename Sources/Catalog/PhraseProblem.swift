/// Why a phrase cannot be looked for.
struct PhraseProblem: Error {
  let sentence: String
  let remedy: String
}
