package import Evidence

extension Commitment: CanonicallyWritten {
  /// As an entry has it: `{"alg":"sha256-salted","c":…}`.
  package func write(to writer: inout CanonicalWriter) {
    writer.object { writer in
      writer.member("alg", "sha256-salted")
      writer.member("c") { writer in
        writer.write { text in hash.withBytes { Base64.append($0, to: &text) } }
      }
    }
  }
}
