/// The first line of a script that names its interpreter.
enum Shebang {
  /// The interpreter's path; for `env` and `/bin/sh` trampolines there is nothing more to find.
  static func interpreter(of path: String) -> String? {
    guard let start = FilePaths.read(path, limit: 512), start.hasPrefix("#!"),
      let line = start.dropFirst(2).split(whereSeparator: \.isNewline).first
    else { return nil }
    let word = line.split(separator: " ").first.map(String.init)
    return word.flatMap { $0.hasPrefix("/") ? $0 : nil }
  }
}
