internal import Glibc

/// The detectors as the command has compiled them before, so that not every new user waits seconds for that: whatever
/// compiled them once left them beside the test bundle. They are known by what they were compiled from.
enum CompiledDetectors {
  private static var directory: String? { BuiltProgram.path.map { "\($0)-tests-cache" } }

  /// Puts what there is into the state of somebody who has none.
  static func give(to state: String) {
    guard let directory, access(directory, F_OK) == 0 else { return }
    // Of detectors that were changed there are older ones.
    _ = system(
      """
      umask 077 && mkdir -p '\(state)/cache' && cd '\(directory)' && \
        cp $(ls -t *.hs 2>/dev/null | head -8) '\(state)/cache/' 2>/dev/null
      """)
  }

  /// Keeps what was compiled anew. Two tests may do so at once: a name is that of a whole file.
  static func take(from state: String) {
    guard let directory else { return }
    _ = system(
      """
      cd '\(state)/cache' 2>/dev/null || exit 0
      for f in detectors-*.hs; do
        test -f "$f" && ! test -e '\(directory)'/"$f" || continue
        mkdir -p '\(directory)' && cp "$f" '\(directory)'/"$f.$$" && mv '\(directory)'/"$f.$$" '\(directory)'/"$f"
      done
      """)
  }
}
