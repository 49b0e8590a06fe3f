internal import Sandbox

extension RunError {
  init(_ error: SandboxError) {
    let code: Code =
      switch error.code {
      case .badPlan: .usage
      case .layerUnavailable: .unavailable
      case .programNotStarted: .programMissing
      case .endedUnexpectedly: .ours
      }
    self.init(code, at: "sandbox", error.sentence, remedy: error.remedy)
  }
}
