/// Addresses of mail, RFC 5321 §4.1.2 without quotes and comments, that may be a person's.
enum EmailAddress {
  static func check(_ text: UnsafeBufferPointer<UInt8>) -> Validator.Verdict {
    guard text.count <= 254, let at = text.firstIndex(of: UInt8(ascii: "@")) else { return .refuted }
    let local = String(decoding: text[..<at], as: UTF8.self).lowercased()
    let domain = String(decoding: text[(at + 1)...], as: UTF8.self).lowercased()
    guard isLocalPart(local), !machines.contains(local) else { return .refuted }
    let labels = domain.split(separator: ".", omittingEmptySubsequences: false)
    guard labels.count > 1, labels.allSatisfy(isLabel), let top = labels.last, isTopLevel(top),
      !domain.contains("noreply")
    else { return .refuted }
    return isReserved(labels) ? .documented : .confirmed
  }

  private static func isLocalPart(_ local: String) -> Bool {
    (1...64).contains(local.utf8.count) && local.first != "." && local.last != "." && !local.contains("..")
  }

  private static func isLabel(_ label: Substring) -> Bool {
    (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
  }

  /// Two letters are a country's; more are any that no file or unit is called by.
  private static func isTopLevel(_ top: Substring) -> Bool {
    let letters = top.utf8.map { Int($0) - 0x57 }
    guard letters.allSatisfy({ (10...35).contains($0) }), (2...24).contains(letters.count) else { return false }
    guard letters.count == 2 else { return !notTopLevel.contains(top) }
    return (ISOCountry.exists(letters[0], letters[1]) || ["uk", "eu", "su", "ac"].contains(top)) && top != "py"
  }

  /// RFC 2606 and RFC 6761: nobody's.
  private static func isReserved(_ labels: [Substring]) -> Bool {
    if let top = labels.last, ["example", "test", "invalid"].contains(top) { return true }
    return placeholders.contains(labels.suffix(2).joined(separator: "."))
  }

  private static let placeholders: Set<String> = [
    "example.com", "example.net", "example.org", "example.edu", "test.com", "domain.com", "email.com", "yourdomain.com",
    "company.com", "mycompany.com", "yourcompany.com", "acme.com", "foo.com", "bar.com", "sample.com",
  ]

  /// Nobody reads them.
  private static let machines: Set<String> = [
    "noreply", "no-reply", "no.reply", "no_reply", "donotreply", "do-not-reply", "do_not_reply", "git", "hg", "svn",
    "mailer-daemon", "notifications", "bounce", "bounces",
  ]

  /// Endings of files and of systemd's units, names within one network, and members that code calls: not among the
  /// Internet's domains.
  private static let notTopLevel: Set<Substring> = [
    "png", "jpg", "jpeg", "gif", "svg", "webp", "avif", "ico", "bmp", "tif", "tiff", "pdf", "css", "scss", "less",
    "mjs", "cjs", "jsx", "tsx", "json", "html", "htm", "xml", "yaml", "yml", "toml", "txt", "csv", "log", "conf", "cfg",
    "ini", "env", "lock", "tgz", "tar", "whl", "gem", "jar", "war", "exe", "dll", "dylib", "deb", "rpm", "apk", "dmg",
    "java", "kt", "swift", "php", "lua", "sql", "cpp", "hpp", "patch", "diff", "min", "service", "target",
    "timer", "socket", "mount", "slice", "device", "scope", "local", "localhost", "localdomain", "internal", "lan",
    "intranet", "corp", "home", "svc", "cluster", "length", "value", "get", "set", "map", "push",
    "append", "format", "prototype", "self", "this", "setter", "getter", "property", "route", "fixture", "mark",
  ]
}
