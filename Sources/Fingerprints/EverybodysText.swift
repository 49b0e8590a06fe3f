/// Texts that everybody has, and who copies one copies nobody's: what fills a space, and names and numbers in their order.
enum EverybodysText {
  private static let filler = """
    Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut labore et dolore magna
    aliqua. Ut enim ad minim veniam, quis nostrud exercitation ullamco laboris nisi ut aliquip ex ea commodo consequat.
    Duis aute irure dolor in reprehenderit in voluptate velit esse cillum dolore eu fugiat nulla pariatur. Excepteur sint
    occaecat cupidatat non proident, sunt in culpa qui officia deserunt mollit anim id est laborum.

    """

  private static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
  ]
  private static let days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
  private static let letters = "abcdefghijklmnopqrstuvwxyz"

  /// Each with what follows it where it is written again.
  static let texts: [[UInt8]] = {
    // Both spellings of a word in it are about.
    var texts = [filler + filler, (filler + filler).replacing("adipiscing", with: "adipisicing")]
    for names in [months, days, Array(days.suffix(1) + days.dropLast())] {
      let short = names.map { String($0.prefix(3)) }
      for list in [names, short] { texts.append((list + list + list).joined(separator: " ")) }
      texts.append((names + short + names).joined(separator: " "))
      texts.append(zip(short, names).map { "\($0) \($1)" }.joined(separator: " "))
      texts.append(zip(names, short).map { "\($0) \($1)" }.joined(separator: " "))
      // A number that begins a line numbers it; here none does.
      for first in 0...1 {
        texts.append(names.enumerated().map { "= \($0.offset + first) \($0.element)" }.joined(separator: " "))
        texts.append(names.enumerated().map { "\($0.element) \($0.offset + first)" }.joined(separator: " "))
      }
    }
    let digits = "0123456789"
    for text in [letters + letters, letters + letters + digits, digits + letters + letters, digits + "abcdef"] {
      texts.append(text + text)
    }
    texts.append("= " + (0...1000).map(String.init).joined(separator: " "))
    return texts.map { Array($0.utf8) }
  }()
}
