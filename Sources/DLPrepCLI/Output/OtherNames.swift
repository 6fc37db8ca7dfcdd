import DLPrep

/// What other tools call our stages.
enum OtherNames {
  /// By stage: names in scikit-learn, feature-engine, recipes, pandas and others.
  static let byStage: [String: [String]] = [
    "bin": ["KBinsDiscretizer", "bucketize", "cut", "qcut", "discretize", "step_discretize"],
    "cast": ["astype", "convert_types", "step_mutate"],
    "check": ["expectations", "validate", "assert"],
    "clean_text": ["strip", "lower", "upper", "Cleaner"],
    "clip": ["clamp"],
    "count_encode": ["CountFrequencyEncoder", "CountEncoder", "frequency"],
    "count_vectorize": [
      "CountVectorizer", "bag of words", "step_tf", "TextVectorization", "ngram",
    ],
    "datetime_features": ["DatetimeFeatures", "step_date", "step_time", "dt"],
    "drop": ["DropFeatures", "step_rm"],
    "drop_missing": ["dropna", "DropMissingData", "step_naomit"],
    "group_rare": ["RareLabelEncoder", "step_other", "min_frequency", "infrequent"],
    "hash_encode": ["FeatureHasher", "HashingEncoder", "step_dummy_hash", "hashing trick"],
    "hash_vectorize": ["HashingVectorizer", "HashingTF", "step_texthash", "hashing trick"],
    "impute": ["SimpleImputer", "fillna", "MeanMedianImputer", "step_impute_median", "nan"],
    "james_stein_encode": ["JamesSteinEncoder", "shrinkage"],
    "leave_one_out_encode": ["LeaveOneOutEncoder", "leave-one-out", "LOO"],
    "map_values": ["replace", "recode", "case_match"],
    "maxabs_scale": ["MaxAbsScaler"],
    "minmax_scale": ["MinMaxScaler", "step_range", "rescale"],
    "missing_indicator": ["MissingIndicator", "AddMissingIndicator", "step_indicate_na"],
    "multi_hot": ["MultiLabelBinarizer", "str.get_dummies", "step_dummy_extract"],
    "one_hot": ["OneHotEncoder", "get_dummies", "step_dummy", "dummies"],
    "ordered_target_encode": ["CatBoostEncoder", "ordered target statistics"],
    "ordinal_encode": [
      "OrdinalEncoder", "LabelEncoder", "StringIndexer", "Categorify", "step_integer",
    ],
    "outliers": ["Winsorizer", "capping", "iqr", "zscore", "OutlierTrimmer"],
    "rename": ["step_rename"],
    "robust_scale": ["RobustScaler"],
    "select": ["step_select", "keep", "ColumnSelector"],
    "standardize": ["StandardScaler", "zscore", "scale", "step_normalize", "normalize"],
    "target_encode": ["TargetEncoder", "MeanEncoder", "likelihood", "step_lencode_mixed"],
    "text_stats": ["TextFeatures", "step_textfeature", "word_count", "str.len"],
    "tfidf": ["TfidfVectorizer", "TF-IDF", "step_tfidf"],
    "woe_encode": ["WOEEncoder", "weight of evidence", "step_woe"],
  ]

  /// Whether a stage has to do with a word: by its name, what it does, or another tool's name.
  static func matches(_ stage: StageDescription, _ word: String) -> Bool {
    let word = plain(word)
    guard !word.isEmpty else { return false }
    let names = [stage.name, stage.summary] + (byStage[stage.name] ?? [])
    return names.contains { plain($0).contains(word) }
  }

  /// Small letters and digits alone, so that `standard_scaler` finds `StandardScaler`.
  private static func plain(_ text: String) -> String {
    text.lowercased().filter { $0.isLetter || $0.isNumber }
  }
}
