// The umbrella: `import DLPrep` gives everything that a program needs to fit and apply pipelines.
@_exported public import DLPrepBytes
@_exported public import DLPrepData
@_exported public import DLPrepFormats
@_exported public import DLPrepPipeline
@_exported public import DLPrepStages
@_exported public import DLPrepYAML
