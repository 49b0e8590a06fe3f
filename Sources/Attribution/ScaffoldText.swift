/// Tells lines that files of one language begin with, whoever wrote them: what they include, import and are for.
enum ScaffoldText {
  private static let beginnings: [[UInt8]] = [
    "#include ", "#import ", "#if", "#else", "#elif", "#endif", "#pragma ", "#undef ", "extern \"C\"", "import ",
    "from ", "using ", "use ", "package ", "export * from", "@import ", "require(",
  ].map { Array($0.utf8) }

  static func holds(_ text: UnsafePointer<UInt8>, _ count: Int) -> Bool {
    beginnings.contains { beginning in
      guard count >= beginning.count else { return false }
      var length = 0
      while length < beginning.count, text[length] == beginning[length] { length += 1 }
      return length == beginning.count
    }
  }
}
