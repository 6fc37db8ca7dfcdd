import PackagePlugin

/// Puts the doc comments of a module's stages into the module, as `docComments`.
@main
struct DLPrepPagesPlugin: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    guard let sources = target.sourceModule?.sourceFiles(withSuffix: "swift") else { return [] }
    let output = context.pluginWorkDirectoryURL.appending(path: "DocComments.swift")
    let inputs = sources.map(\.url)
    return [
      .buildCommand(
        displayName: "Gathering the pages of \(target.name)",
        executable: try context.tool(named: "DLPrepPages").url,
        arguments: ([output] + inputs).map { $0.path(percentEncoded: false) },
        inputFiles: inputs, outputFiles: [output])
    ]
  }
}
