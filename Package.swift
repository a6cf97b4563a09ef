// swift-tools-version:6.2
import PackageDescription

/// Every target is built alike: Swift 6 language mode, the upcoming features that the language will turn on
/// anyway, and no warning left unread.
let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .treatAllWarnings(as: .error),
]

/// One room of the house: `Sources/<name>`, importing only what is listed here.
func room(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

/// - Parameter isOptimized: whether the tests compute enough themselves to be worth the minute that optimizing them takes.
func tests(
  of name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = [], isOptimized: Bool = false
) -> Target {
  .testTarget(
    name: "\(name)Tests",
    dependencies: dependencies,
    exclude: exclude,
    swiftSettings: settings + (isOptimized ? [] : [.unsafeFlags(["-Onone"], .when(configuration: .release))]))
}

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let asyncHTTPClient = Target.Dependency.product(name: "AsyncHTTPClient", package: "async-http-client")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let grdbSQLite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let hummingbirdTesting = Target.Dependency.product(name: "HummingbirdTesting", package: "hummingbird")
let hummingbirdHTTP2 = Target.Dependency.product(name: "HummingbirdHTTP2", package: "hummingbird")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioEmbedded = Target.Dependency.product(name: "NIOEmbedded", package: "swift-nio")
let nioExtras = Target.Dependency.product(name: "NIOExtras", package: "swift-nio-extras")
let nioHTTPCompression = Target.Dependency.product(name: "NIOHTTPCompression", package: "swift-nio-extras")
let nioHTTPTypes = Target.Dependency.product(name: "NIOHTTPTypes", package: "swift-nio-extras")
let nioHTTPTypesHTTP1 = Target.Dependency.product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioSSL = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let nioTLS = Target.Dependency.product(name: "NIOTLS", package: "swift-nio")
let orderedCollections = Target.Dependency.product(name: "OrderedCollections", package: "swift-collections")
let unixSignals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

let package = Package(
  name: "agent-usage-exporter",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "agent-usage-exporter", targets: ["AgentUsageExporter"])
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
    .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0", traits: []),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
  ],
  targets: [
    .systemLibrary(name: "CCrypt"),
    .systemLibrary(name: "CDeflate"),
    .systemLibrary(name: "CMalloc"),
    .systemLibrary(name: "CScan"),
    .systemLibrary(name: "CZlib"),
    room("Usage"),
    room("EventLoops", [nioCore]),
    room("Exposition", ["CDeflate", "CZlib"]),
    room("Tabular", ["CScan"]),
    room("Logs", [logging]),
    room("Ledger", ["CDeflate", "Usage", grdb, grdbSQLite, orderedCollections]),
    room(
      "Upstream", ["EventLoops", "Usage", asyncHTTPClient, nioCore, nioHTTP1, nioHTTPCompression, nioPosix, nioSSL]),
    room("Providers", ["Usage", "Upstream", "Tabular"]),
    room("Settings", ["Usage", yams]),
    room("Publication", ["Usage", "Exposition", "Ledger", "Providers"]),
    room(
      "Collection",
      ["Usage", "Exposition", "Ledger", "Publication", "Providers", "Settings", "Upstream"]),
    room("Doctor", ["Collection", "Providers", "Settings", "Upstream", "Usage"]),
    .target(
      name: "StatusPage", dependencies: ["Collection", "Publication", "Usage", mustache], exclude: ["Pictures"],
      resources: ["badge", "board", "names", "page", "time", "workspace"].map {
        .embedInCode("Resources/\($0).mustache")
      } + [.embedInCode("Resources/page.css")],
      swiftSettings: settings),
    room(
      "Web",
      [
        "CCrypt", "CMalloc", "EventLoops", "Exposition", "Collection", "Publication", "Settings", "StatusPage", "Usage",
        hummingbird, hummingbirdCore, hummingbirdHTTP2, httpTypes, lifecycle, logging, nioCore, nioExtras, nioHTTP1,
        nioHTTPTypes, nioHTTPTypesHTTP1, nioPosix, nioSSL, nioTLS,
      ]),
    room(
      "Backfill",
      ["Usage", "Exposition", "Ledger", "Publication", "Providers", "Settings", "Upstream", "Collection", grdb]),
    room("Dashboards"),
    room("Loopback"),
    room("Simulator", ["Usage", hummingbird, httpTypes, lifecycle, logging, nioCore, nioPosix]),
    .executableTarget(
      name: "AgentUsageExporter",
      dependencies: [
        "Backfill", "Collection", "Doctor", "Settings", "Exposition", "Ledger", "Logs", "Publication", "Providers",
        "Simulator", "StatusPage", "Upstream", "Usage", "Web", argumentParser, lifecycle, logging, unixSignals,
      ],
      swiftSettings: settings),
    .executableTarget(
      name: "DashboardPreview", dependencies: ["Dashboards", argumentParser],
      resources: [.embedInCode("Resources/preview.css"), .embedInCode("Resources/preview.js")],
      swiftSettings: settings),

    .executableTarget(
      name: "AlertEvaluation", dependencies: ["Loopback", argumentParser, yams], swiftSettings: settings),

    .executableTarget(
      name: "ScaleSimulation", dependencies: ["Collection", "Loopback", "Simulator", "Usage", argumentParser],
      path: "Benchmarks/Scale", swiftSettings: settings),
    .executableTarget(
      name: "ExporterLoad",
      dependencies: [
        "Loopback", "Simulator", "TestSupport", "Usage", argumentParser, asyncHTTPClient, nioCore, nioHTTP1, nioPosix,
      ],
      path: "Benchmarks/Load", swiftSettings: settings),
    .executableTarget(
      name: "ExporterBenchmark",
      dependencies: [
        "Collection", "Exposition", "Ledger", "Providers", "Publication", "Settings", "StatusPage", "Tabular",
        "Upstream", "Usage", "Web", argumentParser, asyncHTTPClient, hummingbird, lifecycle, logging, nioCore,
        unixSignals,
      ],
      path: "Benchmarks/Exporter", swiftSettings: settings),

    .target(
      name: "TestSupport", dependencies: ["Usage"], path: "Tests/TestSupport", swiftSettings: settings),
    tests(of: "Usage", ["Usage"]),
    tests(of: "EventLoops", ["EventLoops", nioCore, nioEmbedded]),
    tests(of: "Exposition", ["Exposition", "TestSupport", "CZlib"]),
    tests(of: "Tabular", ["Tabular", "TestSupport"]),
    tests(of: "Ledger", ["Ledger", "Usage", "TestSupport"], isOptimized: true),
    tests(of: "Upstream", ["Upstream", "Usage", "TestSupport"]),
    tests(of: "Providers", ["Providers", "Simulator", "Upstream", "Usage", "TestSupport", nioPosix]),
    tests(of: "Settings", ["Settings", "Usage", "TestSupport"]),
    tests(of: "Publication", ["Publication", "Exposition", "Ledger", "Usage", "TestSupport"]),
    tests(
      of: "Collection",
      [
        "Collection", "Exposition", "Ledger", "Publication", "Providers", "Settings", "Simulator", "StatusPage",
        "Upstream", "Usage", "TestSupport",
      ]),
    tests(
      of: "Doctor",
      ["Doctor", "Providers", "Settings", "Simulator", "Upstream", "Usage", "TestSupport", nioCore, nioPosix]),
    tests(
      of: "Backfill",
      [
        "Backfill", "Collection", "Exposition", "Ledger", "Providers", "Publication", "Settings", "Simulator",
        "Upstream", "Usage", "TestSupport",
      ]),
    tests(
      of: "Web",
      [
        "Web", "Collection", "EventLoops", "Exposition", "Ledger", "Providers", "Publication", "Settings", "StatusPage",
        "TestSupport", "Upstream", "Usage", httpTypes, hummingbird, hummingbirdTesting, logging, nioCore, nioEmbedded,
        nioHTTPTypes, nioPosix, nioTLS,
      ]),
    .target(
      name: "StatusGallery", dependencies: ["Collection", "Ledger", "Providers", "Upstream", "Usage"],
      path: "Tests/StatusGallery", swiftSettings: settings),
    tests(
      of: "StatusPage",
      ["StatusPage", "StatusGallery", "Collection", "Ledger", "Publication", "TestSupport", "Upstream", "Usage"]),
    tests(of: "Logs", ["Logs", logging]),
    tests(of: "Alerts", [yams]),
    tests(of: "AlertEvaluation", ["AlertEvaluation"]),
    tests(of: "Dashboards", ["Dashboards", yams], exclude: ["checks"]),
    tests(of: "Simulator", ["Simulator", "Usage", "TestSupport"]),
    tests(
      of: "EndToEnd",
      [
        "Collection", "Dashboards", "Loopback", "Simulator", "StatusGallery", "StatusPage", "Usage", "TestSupport",
        httpTypes, hummingbird, logging, nioCore, yams,
      ]),
  ]
)
