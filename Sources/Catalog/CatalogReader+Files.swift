internal import Documents

extension CatalogReader {
  mutating func agent(_ root: DocumentNode) -> AgentDraft? {
    let fields = reading.fields(
      root, keys: CatalogKeys.agent, required: ["id", "name", "vendor", "commands", "models", "sources"], of: "an agent"
    )
    readSources(fields, at: root)
    let id = identifier(fields["id"], as: "an id")
    let name = fields["name"].flatMap { reading.text($0, as: "a name") }
    let vendor = identifier(fields["vendor"], as: "a vendor")
    let commands = fields["commands"].map { reading.texts($0, as: "the name of a command") } ?? []
    let clues = versionClues(fields["version"])
    let models = fields["models"].map { reading.texts($0, as: "a vendor whose models it is made for, or *") } ?? []
    let files = fileGrants(fields["files"])
    let environment = variables(fields["environment"])
    let secretNames = names(fields["secrets"], as: "names of secrets").flatMap(\.names)
    guard let id, let name, let vendor else { return nil }
    let endpoints = endpoints(fields["endpoints"], owner: id, vendor: vendor)
    let profile = AgentProfile(
      id: id, name: name, vendor: vendor, commands: commands, versionClues: clues,
      models: models, files: files, environment: environment, secrets: [], endpoints: endpoints,
      switches: switches(fields["switches"]), file: file, sources: allSources)
    return AgentDraft(
      profile: profile, secretNames: secretNames, vendorPlace: fields["vendor"]?.place ?? root.place)
  }

  private mutating func switches(_ node: DocumentNode?) -> [AgentProfile.Switch] {
    guard let node else { return [] }
    return reading.list(node, of: "switches").compactMap { node in
      let fields = reading.fields(
        node, keys: CatalogKeys.switch, required: ["setting", "stops", "source"], of: "a switch")
      let setting = fields["setting"].flatMap { reading.text($0, as: "a setting") }
      let stops = fields["stops"].flatMap { reading.text($0, as: "what it stops") }
      guard let setting, let stops, let source = source(fields) else { return nil }
      return AgentProfile.Switch(setting: setting, stops: stops, source: source)
    }
  }

  mutating func vendor(_ root: DocumentNode) -> VendorProfile? {
    let fields = reading.fields(
      root, keys: CatalogKeys.vendor, required: ["id", "name", "kind", "sources"], of: "a vendor, service or registry")
    readSources(fields, at: root)
    let id = identifier(fields["id"], as: "an id")
    let name = fields["name"].flatMap { reading.text($0, as: "a name") }
    let kind = fields["kind"].flatMap { reading.word($0, of: VendorProfile.Kind.self, as: "a kind") }
    let secrets = secretBindings(fields["secrets"])
    let claims = claims(fields["claims"])
    guard let id, let name, let kind else { return nil }
    return VendorProfile(
      id: id, name: name, kind: kind, endpoints: endpoints(fields["endpoints"], owner: id, vendor: id),
      secrets: secrets, claims: claims, file: file)
  }

  private mutating func claims(_ node: DocumentNode?) -> [VendorProfile.Claim] {
    guard let node else { return [] }
    return reading.list(node, of: "claims").compactMap { node in
      let fields = reading.fields(
        node, keys: CatalogKeys.claim, required: ["product", "field", "statement", "source"], of: "a claim")
      let product = fields["product"].flatMap { reading.text($0, as: "an offer of the vendor's") }
      let field = fields["field"].flatMap { reading.word($0, of: VendorProfile.Claim.Field.self, as: "a field") }
      let statement = fields["statement"].flatMap { reading.text($0, as: "what is said") }
      guard let product, let field, let statement, let source = source(fields) else { return nil }
      return VendorProfile.Claim(product: product, field: field, statement: statement, source: source)
    }
  }

  mutating func sharedEnvironment(_ root: DocumentNode) -> SharedEnvironment {
    let fields = reading.fields(
      root, keys: CatalogKeys.environment, required: ["sources", "variables"], of: "the common environment")
    readSources(fields, at: root)
    return SharedEnvironment(variables: variables(fields["variables"]), files: fileGrants(fields["files"]))
  }

  mutating func trust(_ root: DocumentNode) -> (variables: [TrustVariable], files: [TrustFile]) {
    let fields = reading.fields(
      root, keys: CatalogKeys.trust, required: ["sources", "variables", "files"], of: "the trust settings")
    readSources(fields, at: root)
    var variables: [TrustVariable] = []
    for node in fields["variables"].map({ reading.list($0, of: "variables") }) ?? [] {
      let fields = reading.fields(
        node, keys: CatalogKeys.trustVariable, required: ["name", "value", "source"], of: "a variable")
      let name = fields["name"].flatMap {
        reading.value($0, as: "the name of a variable") { Self.isVariable($0) && !$0.hasSuffix("*") ? $0 : nil }
      }
      let value = fields["value"].flatMap { reading.word($0, of: TrustVariable.Value.self, as: "a value") }
      let word = fields["word"].flatMap { reading.text($0, as: "a word") }
      if value == .word, word == nil { reading.report(node.place, found: "no 'word'", expected: "'word'") }
      guard let name, let value, let source = source(fields) else { continue }
      variables.append(TrustVariable(name: name, value: value, source: source, word: word))
    }
    var files: [TrustFile] = []
    for node in fields["files"].map({ reading.list($0, of: "files") }) ?? [] {
      let fields = reading.fields(node, keys: CatalogKeys.trustFile, required: ["path", "source"], of: "a file")
      let path = fields["path"].flatMap { reading.value($0, as: "an absolute path") { $0.hasPrefix("/") ? $0 : nil } }
      guard let path, let source = source(fields) else { continue }
      files.append(TrustFile(path: path, source: source))
    }
    return (variables, files)
  }
}
