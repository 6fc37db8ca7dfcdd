public import DLPrepPipeline

/// Every stage of this package, sorted by type; a test keeps the list complete and can rewrite it.
public let standardStages = Catalog([
  Bin.self,
  Cast.self,
  Check.self,
  CleanText.self,
  Clip.self,
  CountEncode.self,
  DatetimeFeatures.self,
  Drop.self,
  DropMissing.self,
  GroupRare.self,
  Impute.self,
  MapValues.self,
  MaxAbsScale.self,
  MinMaxScale.self,
  MissingIndicator.self,
  OneHot.self,
  OrdinalEncode.self,
  Outliers.self,
  Rename.self,
  RobustScale.self,
  Select.self,
  Standardize.self,
  TargetEncode.self,
])
