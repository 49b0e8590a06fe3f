internal import Glibc

/// The detectors as the command has compiled them before, so that not every new user waits seconds for that: whoever
/// compiled them first left them beside the test bundle. They are known by what they were compiled from.
enum CompiledDetectors {
  private static var directory: String? { BuiltProgram.path.map { "\($0)-tests-cache" } }

  /// Puts what there is into the state of somebody who has none.
  static func give(to state: String) {
    guard let directory, access(directory, F_OK) == 0 else { return }
    _ = system("umask 077 && mkdir -p '\(state)/cache' && cp '\(directory)'/* '\(state)/cache/' 2>/dev/null")
  }

  /// Keeps what was compiled anew, in the place of what was damaged and of detectors that are no more. Two tests may do
  /// so at once: a name is that of a whole file.
  static func take(from state: String) {
    guard let directory else { return }
    _ = system(
      """
      cd '\(state)/cache' 2>/dev/null || exit 0
      for f in detectors-*.hs detectors-*.archive; do
        kept='\(directory)'/"$f"
        test -f "$f" && ! cmp -s "$f" "$kept" || continue
        mkdir -p '\(directory)' && cp "$f" "$kept.$$" && mv "$kept.$$" "$kept" || rm -f "$kept.$$"
        ls -t '\(directory)'/* | tail -n +33 | xargs -r rm -f
      done
      """)
  }
}
