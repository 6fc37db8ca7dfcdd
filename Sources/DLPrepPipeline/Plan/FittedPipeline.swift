/// A pipeline that has learned all it needs: it never learns again.
public struct FittedPipeline: Sendable {
  /// What it was fitted from.
  public let pipeline: Pipeline
  /// The columns that the fit saw, in the order of its input.
  public let inputs: [InputColumn]
  /// The steps, with what each has learned.
  public let steps: [FittedStep]
  /// The classes of the target in byte order; empty where it is a number, or there is none.
  public let classes: [[UInt8]]
  /// Where the test rows begin, for a split by time.
  package let splitCutoff: Int64?
  /// What the training data looked like.
  package var profile: [ColumnProfile]
  /// How many training rows it was fitted on.
  public let trainingRows: Int

  /// Whether it is applied as a training run, in which `when: fit` steps act: it has nothing to
  /// learn and was never fitted.
  package var isTraining = false

  package init(
    pipeline: Pipeline, inputs: [InputColumn], steps: [FittedStep], classes: [[UInt8]] = [],
    splitCutoff: Int64? = nil, profile: [ColumnProfile] = [], trainingRows: Int = 0
  ) {
    self.pipeline = pipeline
    self.inputs = inputs
    self.steps = steps
    self.classes = classes
    self.splitCutoff = splitCutoff
    self.profile = profile
    self.trainingRows = trainingRows
  }

  /// What to say of the steps that found no column to act on.
  package var idleSteps: [String] { steps.compactMap(\.idleness) }
}
