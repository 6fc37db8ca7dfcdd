// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .strictMemorySafety(),
]

func library(_ name: String, _ dependencies: Target.Dependency...) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}
func tests(_ name: String, _ dependencies: Target.Dependency...) -> Target {
  .testTarget(
    name: name,
    dependencies: dependencies,
    exclude: name == "GoldenTests" ? ["Cases"] : [],
    swiftSettings: strict
  )
}

let package = Package(
  name: "dlprep",
  platforms: [.macOS(.v26)],
  products: [
    .library(name: "DLPrep", targets: ["DLPrep"]),
    .library(name: "DLPrepTesting", targets: ["DLPrepTesting"]),
    .executable(name: "dlprep", targets: ["DLPrepCLI"]),
  ],
  dependencies: [
    .package(url: "https://github.com/jpsim/Yams.git", from: "6.2.2"),
    .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.2"),
  ],
  targets: [
    .target(name: "CDLPrepScan"),
    .target(name: "CDLPrepCodecs"),
    .systemLibrary(name: "CDLPrepZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    library("DLPrepData"),
    library("DLPrepBytes", "DLPrepData", "CDLPrepScan", "CDLPrepCodecs", "CDLPrepZlib"),
    library("DLPrepFormats", "DLPrepData", "DLPrepBytes", "CDLPrepScan", "CDLPrepZlib"),
    library("DLPrepPipeline", "DLPrepData", "DLPrepBytes", "CDLPrepScan"),
    .executableTarget(name: "DLPrepPages", swiftSettings: strict),
    .plugin(
      name: "DLPrepPagesPlugin", capability: .buildTool(), dependencies: ["DLPrepPages"],
      path: "Sources/DLPrepPagesPlugin"),
    .target(
      name: "DLPrepStages",
      dependencies: ["DLPrepPipeline", "DLPrepData", "DLPrepBytes", "CDLPrepScan"],
      swiftSettings: strict, plugins: ["DLPrepPagesPlugin"]),
    library(
      "DLPrepYAML", "DLPrepPipeline", "DLPrepData", "DLPrepBytes",
      .product(name: "Yams", package: "Yams")),
    library("DLPrepTesting", "DLPrepPipeline", "DLPrepData", "DLPrepBytes"),
    library(
      "DLPrep", "DLPrepData", "DLPrepBytes", "DLPrepFormats", "DLPrepPipeline", "DLPrepStages",
      "DLPrepYAML"),
    .executableTarget(
      name: "DLPrepCLI",
      dependencies: [
        "DLPrep", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict
    ),
    .executableTarget(
      name: "microbenchmarks", dependencies: ["DLPrep", "CDLPrepScan"],
      path: "Tests/Benchmarks/Micro", swiftSettings: strict),
    tests("DLPrepDataTests", "DLPrepData"),
    tests("DLPrepBytesTests", "DLPrepBytes", "DLPrepData", "CDLPrepScan", "CDLPrepZlib"),
    tests("DLPrepFormatsTests", "DLPrepFormats", "DLPrepBytes", "DLPrepData"),
    tests("DLPrepPipelineTests", "DLPrepPipeline", "DLPrepBytes", "DLPrepData"),
    tests(
      "DLPrepStagesTests", "DLPrepStages", "DLPrepPipeline", "DLPrepData", "DLPrepBytes",
      "DLPrepTesting", "DLPrepFormats", "DLPrepYAML"),
    tests(
      "DLPrepYAMLTests", "DLPrepYAML", "DLPrepPipeline", "DLPrepStages", "DLPrepData", "DLPrepBytes"
    ),
    tests(
      "EngineTests", "DLPrepPipeline", "DLPrepStages", "DLPrepFormats", "DLPrepBytes",
      "DLPrepData"),
    tests("DLPrepTests", "DLPrep"),
    tests("GoldenTests", "DLPrep"),
    tests("SampleDataTests", "CDLPrepZlib"),
  ]
)
