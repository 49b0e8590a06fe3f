internal import Documents
internal import Policy
internal import Wire

/// The files of authorities that upstreams may be vouched for by, besides the system's.
enum UpstreamAuthorities {
  /// Those that were typed, from the current directory, and the policy's own, from the policy's directory.
  ///
  /// - Throws: ``RunError`` with `.programMissing` or `.configuration` for one that cannot be used.
  static func files(_ options: RunOptions, _ policy: PolicyDocument, home: String) throws(RunError) -> [String] {
    let beside = FilePaths.parent(FilePaths.absolute(policy.file))
    let written = policy.upstreamAuthorities.map { FilePaths.expanded($0, home: home) }
    let files = options.upstreamAuthorities + written.map { $0.hasPrefix("/") ? $0 : "\(beside)/\($0)" }
    for file in files { try check(file) }
    return files
  }

  private static func check(_ file: String) throws(RunError) {
    do throws(FileProblem) {
      _ = try RegularFile.bytes(file, limit: TLSLimits.trustBundleBytes)
    } catch {
      let code: RunError.Code = error.code == .missing ? .programMissing : .configuration
      throw RunError(
        code, at: file, "\(error.sentence).", remedy: "upstream-ca wants a file of certificates in PEM form.")
    }
    do throws(WireError) {
      _ = try SystemRoots.text(of: file)
    } catch {
      throw RunError(.configuration, at: file, error.sentence, remedy: error.remedy)
    }
  }
}
