/// The answer for one file inside a message, or for what may be inside and was not compared.
struct SourceVerdict {
  let matter: Matter
  let verdict: Verdict

  enum Matter {
    case file(SourceExcerpt)
    case notCompared(String)
  }

  /// `nil` for what was not compared.
  var path: String? {
    if case .file(let excerpt) = matter { excerpt.path } else { nil }
  }

  /// `12 lines of secrets/key.pem (4-15)`
  var statement: String {
    switch matter {
    case .file(let excerpt): excerpt.description
    case .notCompared(let sentence): sentence
    }
  }
}
