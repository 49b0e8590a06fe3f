internal import Catalog
internal import Egress
internal import Ledger
internal import Sandbox
internal import Wire

extension RunError {
  /// What a room below said, with the code that it deserves here.
  init(any error: any Error) {
    switch error {
    case let error as RunError: self = error
    case let error as SandboxError: self.init(error)
    case let error as LedgerError: self.init(error)
    case let error as WireError: self.init(error)
    case let error as CatalogError: self.init(.configuration, at: "", error.description)
    default: self.init(.ours, at: "run", "\(error)")
    }
  }

  init(_ error: WireError) {
    let code: Code =
      switch error.code {
      case .configurationInvalid: .usage
      case .trustUnusable: .configuration
      case .bundleUnwritable: .state
      default: .ours
      }
    self.init(code, at: error.place, error.sentence, remedy: error.remedy)
  }

  init(_ error: LedgerError) {
    let code: Code =
      switch error.code {
      case .doesNotVerify, .truncated, .rolledBack, .keyMismatch, .keyMissing: .ledger
      // What was to be evidence, and is none.
      case .malformed, .untrusted, .tooLarge, .proofFails: .ledger
      case .notFound, .sound: .usage
      default: .state
      }
    self.init(code, at: error.place, "\(error.sentence).", ledgerRemedy: error.remedy)
  }

  /// - Parameter ledgerRemedy: without a capital or a full stop.
  init(_ code: Code, at place: String, _ sentence: String, ledgerRemedy: String) {
    self.init(
      code, at: place, sentence,
      remedy: ledgerRemedy.isEmpty ? "" : "\(ledgerRemedy.prefix(1).uppercased())\(ledgerRemedy.dropFirst()).")
  }
}
