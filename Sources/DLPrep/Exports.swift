@_exported public import DLPrepBytes
@_exported public import DLPrepData
@_exported public import DLPrepFormats
@_exported public import DLPrepPipeline
@_exported public import DLPrepStages
@_exported public import DLPrepYAML
