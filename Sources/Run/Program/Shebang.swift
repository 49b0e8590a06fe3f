/// The first line of a script that names its interpreter.
enum Shebang {
  /// The interpreter's path; in a `/bin/sh` trampoline there is nothing more to find.
  static func interpreter(of path: String) -> String? {
    words(of: path).first.flatMap { $0.hasPrefix("/") ? $0 : nil }
  }

  /// What `env` is asked to look up on `PATH`: the first word that is no option and sets no variable.
  static func programForEnv(of path: String) -> String? {
    let words = words(of: path)
    guard let first = words.first, first.hasSuffix("/env") else { return nil }
    return words.dropFirst().first { !$0.hasPrefix("-") && !$0.contains("=") }
  }

  private static func words(of path: String) -> [String] {
    guard let start = FilePaths.read(path, limit: 512), start.hasPrefix("#!"),
      let line = start.dropFirst(2).split(whereSeparator: \.isNewline).first
    else { return [] }
    return line.split { $0 == " " || $0 == "\t" }.map(String.init)
  }
}
