// swift-tools-version: 6.2

import PackageDescription

/// libFuzzer's archive, where `make fuzz` builds: our own code then counts its branches and checks its memory.
let fuzzer = Context.environment["SALLYPORT_FUZZ"]

let strict: [SwiftSetting] =
  [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
  ] + (fuzzer == nil ? [] : [.unsafeFlags(["-sanitize=fuzzer,address", "-enable-testing"])])

/// The programs carry the Swift runtime with them: nothing but C libraries is needed where they run.
let selfContained: [LinkerSetting] = [.unsafeFlags(["-static-stdlib"])]

/// Runs where there is no C library either: inside a sandbox whose files are somebody else's choice.
let freestanding: [LinkerSetting] = [.unsafeFlags(["-static-executable"])]

/// What swift-crypto's part of Foundation asks for there.
let essentialsArchives: [LinkerSetting] = [
  .unsafeFlags(["-l_FoundationCShims", "-l_FoundationCollections", "-lswiftSynchronization"])
]

/// What Foundation's archives ask for; the compiler names these itself only where every module is compiled static.
let foundationArchives: [LinkerSetting] = [
  .unsafeFlags([
    "-lFoundation", "-lCoreFoundation", "-l_FoundationCShims", "-l_FoundationCollections", "-l_FoundationICU",
    "-lswiftSynchronization",
  ])
]

extension Target {
  /// One room of the house and what it may import.
  static func room(
    _ name: String, _ dependencies: [Dependency] = [], resources: [Resource]? = nil
  ) -> Target {
    .target(name: name, dependencies: dependencies, resources: resources, swiftSettings: strict)
  }

  /// - Parameter exclude: files that the tests read from the package's directory and nobody compiles.
  static func tests(
    _ name: String, _ dependencies: [Dependency], exclude: [String] = [], resources: [Resource]? = nil
  ) -> Target {
    .testTarget(
      name: name, dependencies: dependencies, exclude: exclude, resources: resources, swiftSettings: strict)
  }
}

extension Target.Dependency {
  static let nio = product(name: "NIOCore", package: "swift-nio")
  static let nioHTTP1 = product(name: "NIOHTTP1", package: "swift-nio")
  static let nioPosix = product(name: "NIOPosix", package: "swift-nio")
  static let nioEmbedded = product(name: "NIOEmbedded", package: "swift-nio")
  static let nioTLS = product(name: "NIOTLS", package: "swift-nio")
  static let nioSSL = product(name: "NIOSSL", package: "swift-nio-ssl")
  static let nioHPACK = product(name: "NIOHPACK", package: "swift-nio-http2")
  static let nioHTTP2 = product(name: "NIOHTTP2", package: "swift-nio-http2")
  static let nioConcurrency = product(name: "NIOConcurrencyHelpers", package: "swift-nio")
  static let x509 = product(name: "X509", package: "swift-certificates")
  static let asn1 = product(name: "SwiftASN1", package: "swift-asn1")
  static let crypto = product(name: "Crypto", package: "swift-crypto")
  static let grdb = product(name: "GRDB", package: "GRDB.swift")
  static let yams = product(name: "Yams", package: "Yams")
  static let argumentParser = product(name: "ArgumentParser", package: "swift-argument-parser")
}

let package = Package(
  name: "sallyport",
  products: [
    .executable(name: "sallyport", targets: ["sallyport"]),
    .executable(name: "sallyport-init", targets: ["sallyport-init"]),
    .executable(name: "sallyport-probe", targets: ["sallyport-probe"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-asn1", from: "1.7.4"),
    .package(url: "https://github.com/apple/swift-certificates", from: "1.21.1"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-http2", from: "1.46.0"),
    .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    // Floor 0: C libraries, one small module each, and the nouns everything else speaks.
    .systemLibrary(name: "CBrotli", pkgConfig: "libbrotlidec", providers: [.apt(["libbrotli-dev"])]),
    .systemLibrary(name: "CHyperscan", pkgConfig: "libhs", providers: [.apt(["libhyperscan-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
    .target(name: "CLinux"),
    .target(name: "CProbe"),
    .target(name: "CText"),
    .room("Evidence"),
    .room("Documents", [.yams]),
    .room("Patterns", ["Evidence"]),

    // Floor 1: engines that know no network.
    .room("Compression", ["CBrotli", "CZlib", "CZstd"]),
    .room("Confinement", ["CLinux"]),
    .room("Probing", ["Evidence", "Confinement", "CProbe", .crypto]),
    .room("Catalog", ["Evidence", "Documents", "Patterns", .yams], resources: [.copy("Resources")]),
    .room("Decoding", ["CText", "Evidence", "Compression"]),
    .room("OwnTables", ["Evidence", .crypto]),
    .room("Inspection", ["CText", "Evidence", "Compression", "Decoding", "OwnTables", "CHyperscan", .crypto]),
    .room("Attribution", ["CText", "Evidence", "Decoding", .crypto]),
    .room("Fingerprints", ["CText", "Evidence", "Patterns", "Decoding", "Attribution", .crypto]),
    .room("Policy", ["Evidence", "Documents", "Patterns"], resources: [.copy("Resources")]),
    .room("Ledger", ["CLinux", "Evidence", .crypto, .grdb]),
    .room("Presentation", ["Evidence"]),

    // Floor 2: the wire, and the one place where the engines meet.
    .room(
      "Wire",
      [
        "Evidence", "Compression", "CZlib", .nio, .nioPosix, .nioTLS, .nioSSL, .nioHPACK, .nioHTTP2, .nioConcurrency,
        .x509, .asn1, .crypto,
      ]),
    .room(
      "Enforcement",
      [
        "Evidence", "Compression", "Attribution", "Catalog", "Decoding", "Fingerprints", "Inspection", "Patterns",
        "Policy", "Ledger", "Wire", .crypto, .nio,
      ]),

    // Floor 3: the door, and the room the agent is locked in.
    .room("Egress", ["Evidence", "Wire", "Enforcement", .nio, .nioPosix, .nioTLS, .nioSSL, .nioHPACK, .nioHTTP2]),
    .room("Sandbox", ["Evidence", "Confinement"]),
    .room(
      "FileInspection", ["Evidence", "Documents", "Patterns", "Confinement", "Inspection", "Fingerprints"]),

    // Floor 4 and 6.
    .room(
      "Run",
      [
        "Confinement", "Evidence", "Documents", "Attribution", "Catalog", "Decoding", "Fingerprints", "OwnTables",
        "Patterns", "Policy", "Ledger", "Inspection", "Enforcement", "Wire", "Egress", "Sandbox", "Presentation",
        .crypto, .nio,
        .nioPosix,
      ]),
    .room("Verification", ["Confinement", "Evidence", "Probing", "Run"]),
    .executableTarget(
      name: "sallyport",
      dependencies: [
        "Confinement", "Evidence", "Documents", "Catalog", "Decoding", "Fingerprints", "OwnTables", "Patterns",
        "Policy", "Ledger", "Inspection", "Presentation", "Sandbox", "FileInspection", "Run", "Verification",
        .argumentParser,
      ],
      swiftSettings: strict, linkerSettings: selfContained + foundationArchives),
    .executableTarget(
      name: "sallyport-init", dependencies: ["Confinement"],
      swiftSettings: strict, linkerSettings: freestanding),

    .executableTarget(
      name: "sallyport-probe", dependencies: ["Confinement", "Probing"],
      swiftSettings: strict, linkerSettings: freestanding + essentialsArchives),

    // Measures attribution for `make accuracy-attribution` and `make bench`; not installed.
    .executableTarget(
      name: "attribution-measure", dependencies: ["Evidence", "Compression", "Decoding", "Attribution"],
      path: "Benchmarks/Attribution", swiftSettings: strict),
    // Measures fingerprints; not installed.
    .executableTarget(
      name: "fingerprint-measure", dependencies: ["Evidence", "Decoding", "Fingerprints"],
      path: "Benchmarks/Fingerprints", swiftSettings: strict),
    // Measures inspection for `make bench`; not installed.
    .executableTarget(
      name: "inspection-measure", dependencies: ["Evidence", "Catalog", "Decoding", "Attribution", "Inspection"],
      path: "Benchmarks/Inspection", swiftSettings: strict),
    // Measures indexes of tables; not installed.
    .executableTarget(
      name: "table-measure", dependencies: ["Evidence", "OwnTables"], path: "Benchmarks/Tables", swiftSettings: strict),
    // Measures the ledger for `make bench`; not installed.
    .executableTarget(
      name: "ledger-measure", dependencies: ["Evidence", "Ledger"], path: "Benchmarks/Ledger", swiftSettings: strict),
    // Load, server and the bare proxy to compare with, for `make bench` and `make endurance`; not installed.
    .executableTarget(
      name: "bench-traffic", dependencies: [.nio, .nioPosix, .nioSSL, .nioHTTP2, .nioHPACK],
      path: "Benchmarks/Traffic", swiftSettings: strict, linkerSettings: selfContained),

    .tests("EvidenceTests", ["Evidence"]),
    .tests("CompressionTests", ["Compression"]),
    .tests("DocumentsTests", ["Documents"]),
    .tests("PatternsTests", ["Patterns", "Evidence"]),
    .tests("CatalogTests", ["Catalog", "Evidence", "Documents", "Patterns"]),
    .tests("DecodingTests", ["Decoding", "Evidence", "Compression"]),
    .tests("OwnTablesTests", ["OwnTables", "Evidence"]),
    .tests(
      "InspectionTests",
      ["CText", "Inspection", "Evidence", "Decoding", "OwnTables", "Catalog", "Compression", "Fingerprints"]),
    .tests("AttributionTests", ["Attribution", "Evidence", "Decoding", "Compression"]),
    .tests("FingerprintsTests", ["Fingerprints", "Evidence", "Decoding", "Patterns"]),
    .tests("PolicyTests", ["Policy", "Evidence", "Documents", "Patterns"]),
    .tests("LedgerTests", ["Ledger", "Evidence", .crypto]),
    .tests("PresentationTests", ["Presentation", "Evidence", .crypto], exclude: ["Transcripts", "Reports"]),
    .tests("ConfinementTests", ["Confinement"]),
    .tests(
      "WireTests",
      [
        "Wire", "Evidence", "Compression", .nio, .nioPosix, .nioEmbedded, .nioHTTP1, .nioTLS, .nioSSL, .nioHTTP2,
        .nioHPACK, .x509, .asn1, .crypto,
      ]),
    .tests(
      "EnforcementTests",
      [
        "Enforcement", "Attribution", "Evidence", "Compression", "Wire", "Patterns", "Catalog", "Decoding",
        "Fingerprints", "Inspection", "Policy", "Ledger", .crypto, .nio, .nioEmbedded,
      ]),
    .tests(
      "EgressTests",
      [
        "Egress", "Attribution", "Evidence", "Patterns", "Decoding", "Wire", "Enforcement", "Catalog", "Inspection",
        "Policy", "Ledger", "Run", "Compression", "Fingerprints", .crypto, .nio, .nioPosix, .nioEmbedded, .nioSSL,
        .nioHTTP2, .nioHPACK,
      ]),
    .tests("SandboxTests", ["Sandbox", "Evidence", "Confinement"]),
    .tests("FileInspectionTests", ["FileInspection", "Inspection", "Evidence", "Patterns", "Fingerprints"]),
    .tests(
      "RunTests",
      [
        "Run", "Evidence", "Sandbox", "Confinement", "Catalog", "Decoding", "Attribution", "Policy", "Ledger",
        "Inspection", "Enforcement", "Egress", "Wire", "Presentation", .nio,
      ]),
    .tests("ProbingTests", ["Probing", "Evidence", "Compression"]),
    .tests("VerificationTests", ["Verification", "Probing", "Evidence"]),
    .tests("TidyTests", [], exclude: ["Exceptions.txt"]),
    .tests("CommandTests", ["Evidence"]),
    // What must hold for any bytes that reach a parser, over the inputs that are kept.
    .tests(
      "FuzzTests",
      [
        "Evidence", "Documents", "Patterns", "Compression", "Confinement", "Catalog", "Decoding", "Inspection",
        "Attribution", "Fingerprints", "Policy", "Ledger", "Presentation", "Wire", "Enforcement", "Egress", "Run", .nio,
        .nioEmbedded, .nioHTTP2, .nioHPACK, .crypto,
      ], exclude: ["Driver", "Open", "Seeds", "Words"]),
  ],
  swiftLanguageModes: [.v6]
)

// The same properties over what a fuzzer invents: only `make fuzz` asks for this one (docs/fuzzing.md).
if let fuzzer, let index = package.targets.firstIndex(where: { $0.name == "FuzzTests" }) {
  let tests = package.targets.remove(at: index)
  package.targets.append(
    .executableTarget(
      name: "sallyport-fuzz", dependencies: tests.dependencies, path: "Tests/FuzzTests",
      exclude: ["Open", "Seeds", "Words", "SeedTests.swift"], swiftSettings: strict,
      linkerSettings: [.unsafeFlags(["-sanitize=address", fuzzer]), .linkedLibrary("stdc++")]))
}
