extension Validator {
  static let hiddenText: [Validator] = [
    Validator(name: "tag-text", check: HiddenCharacters.tags),
    Validator(name: "selector-bytes", check: HiddenCharacters.selectors),
    Validator(name: "zero-width-code", check: HiddenCharacters.zeroWidth),
    Validator(name: "reversed-text", check: TextDirection.reversed),
    Validator(name: "unclosed-direction", check: TextDirection.unclosed),
    Validator(name: "terminal-link", check: TerminalLink.check),
  ]
}
