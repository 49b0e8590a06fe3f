/// What the user said of colour (`--color`).
package enum ColourChoice: String, Sendable, Hashable, CaseIterable {
  /// Colour on a terminal, unless the environment says otherwise.
  case auto
  case always
  case never
}

extension ColourChoice {
  /// Decides in this order: the option, `NO_COLOR`, `FORCE_COLOR`, then whether a capable terminal is there.
  ///
  /// - Source: no-color.org and force-color.org: each counts where it is set and not empty.
  package func style(isTerminal: Bool, environment: [String: String]) -> Style {
    switch self {
    case .always: return .coloured
    case .never: return .plain
    case .auto: break
    }
    if environment["NO_COLOR"].map({ !$0.isEmpty }) ?? false { return .plain }
    if let force = environment["FORCE_COLOR"], !force.isEmpty { return Style(isColoured: force != "0") }
    return Style(isColoured: isTerminal && environment["TERM"] != "dumb")
  }
}
