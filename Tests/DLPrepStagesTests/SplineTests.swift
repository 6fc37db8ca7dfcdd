import DLPrepData
import DLPrepPipeline
import DLPrepStages
import Testing

private let x: [Double?] = [1.5, 2, nil, 7, 100, -3.25, 7, 0.1]
private let late: [Double?] = [-10, -3.25, 0, 7, 50, 100, 120, nil]

/// Checks each column that the splines of `x` make of `late`.
private func expectSplines(
  _ expected: [[Double?]], _ change: (inout Spline) -> Void
) async throws {
  let out = try await Pipeline([Spline(.numeric, change)]).fit(Table(["x": .float(x)]))
    .apply(Table(["x": .float(late)]))
  #expect(out.columns.map(\.name) == expected.indices.map { "x_sp_\($0)" })
  for (column, values) in zip(out.columns, expected) {
    #expect(near(column.values, values), "\(column)")
  }
}

@Test func splinesAreThoseOfScikitLearn() async throws {
  // sklearn 1.9.1: SplineTransformer(handle_missing="zeros", ...).
  try await expectSplines([
    [
      0.16666666666666666, 0.16666666666666666, 0.1113064163615007, 0.03652553920898031, 0.0, 0.0,
      0.0, 0.0,
    ],
    [
      0.6666666666666666, 0.6666666666666666, 0.6518118431225618, 0.5402903961133441, 0.0, 0.0, 0.0,
      0.0,
    ],
    [
      0.16666666666666666, 0.16666666666666666, 0.23654907435560446, 0.41274815915363483,
      0.13712968857107055, 0.0, 0.0, 0.0,
    ],
    [0.0, 0.0, 0.00033266616033309886, 0.01043590552404074, 0.6628282109705155, 0.0, 0.0, 0.0],
    [0.0, 0.0, 0.0, 0.0, 0.20000051718837228, 0.16666666666666666, 0.16666666666666666, 0.0],
    [0.0, 0.0, 0.0, 0.0, 4.158327004163736e-05, 0.6666666666666666, 0.6666666666666666, 0.0],
    [0.0, 0.0, 0.0, 0.0, 0.0, 0.16666666666666666, 0.16666666666666666, 0.0],
  ]) { _ in }
  try await expectSplines([
    [0.8771929824561404, 0.16666666666666666, 0.005248578509986875, 0.0, 0.0, 0.0, 0.0, 0.0],
    [0.6394736842105265, 0.675, 0.38676997879469965, 0.0, 0.0, 0.0, 0.0, 0.0],
    [
      -0.5166666666666669, 0.15833333333333335, 0.6011526717186781, 0.8504320251717652,
      0.13216022630059873, 0.0, 0.0, 0.0,
    ],
    [
      0.0, 0.0, 0.006828770976635474, 0.14796428501630376, 0.6038751175469202, 0.24281984334203655,
      0.08616187989556137, 0.0,
    ],
    [
      0.0, 0.0, 0.0, 0.001603689811930924, 0.24749042062439267, 0.5905134899912967,
      0.6396445717173418, 0.0,
    ],
    [
      0.0, 0.0, 0.0, 1.8147239351909056e-50, 0.01647423552808849, 0.16666666666666666,
      0.27419354838709675, 0.0,
    ],
  ]) { ($0.knots, $0.placement, $0.extrapolation) = (4, .quantile, .linear) }
  try await expectSplines([
    [
      0.6931183274803745, 0.5, 0.38201842069778214, 0.18174756256998637, 0.0019816027531380266, 0.5,
      0.025353376053092885, 0.0,
    ],
    [
      0.27269023093293626, 0.5, 0.6100551682896658, 0.7394104438672913, 0.0, 0.5,
      0.6744748459567682, 0.0,
    ],
    [
      0.0, 0.0, 0.007926411012552106, 0.07884199356272242, 0.439027607595753, 0.0,
      0.30017177799013894, 0.0,
    ],
  ]) { ($0.degree, $0.extrapolation, $0.bias) = (2, .periodic, false) }
  try await expectSplines([
    [1.1307506053268765, 1.0, 0.937046004842615, 0.801452784503632, 0.0, 0.0, 0.0, 0.0],
    [
      -0.13075060532687652, 0.0, 0.06295399515738499, 0.19854721549636806, 0.9685230024213075, 0.0,
      -0.38740920096852305, 0.0,
    ],
    [0.0, 0.0, 0.0, 0.0, 0.031476997578692496, 1.0, 1.387409200968523, 0.0],
  ]) { ($0.degree, $0.knots, $0.extrapolation) = (1, 3, .continue) }
  try await expectSplines([
    [
      0.1055211328049049, 0.041666666666666664, 0.02432301229207128, 0.00550536275002185, 0.0, 0.0,
      0.0, 0.0,
    ],
    [
      0.5622677447127649, 0.4583333333333333, 0.39237224582297836, 0.2475287976617634, 0.0, 0.0,
      0.0, 0.0,
    ],
    [
      0.3205971652598045, 0.4583333333333333, 0.5163889524949828, 0.5923678954251623,
      0.032124206705208415, 0.0, 0.0, 0.0,
    ],
    [
      0.011419114776229696, 0.041666666666666664, 0.06690531805804421, 0.15356193417156172,
      0.42598766635521584, 0.0, 0.015017182716960209, 0.0,
    ],
    [
      0.00019484244629599729, 0.0, 1.0471331923317882e-05, 0.0010360099914907273,
      0.4886987064748031, 0.041666666666666664, -0.07497878130525279, 0.0,
    ],
    [0.0, 0.0, 0.0, 0.0, 0.05318876600652732, 0.4583333333333333, 0.2435199570004233, 0.0],
    [0.0, 0.0, 0.0, 0.0, 6.544582452073676e-07, 0.4583333333333333, 0.4030092971100249, 0.0],
  ]) { ($0.degree, $0.extrapolation, $0.bias) = (4, .continue, false) }
  try await expectSplines([
    [1.261501210653753, 1.0, 0.87409200968523, 0.602905569007264, 0.0, 0.0, 0.0, 0.0],
    [-0.26150121065375304, 0.0, 0.12590799031476999, 0.3970944309927361, 0.0, 0.0, 0.0, 0.0],
    [0.0, 0.0, 0.0, 0.0, 0.937046004842615, 0.0, 0.0, 0.0],
    [0.0, 0.0, 0.0, 0.0, 0.06295399515738499, 0.0, -0.7748184019370461, 0.0],
    [0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 1.774818401937046, 0.0],
  ]) { ($0.degree, $0.extrapolation) = (1, .linear) }
}

@Test func splinesOfDegreeZeroAreSteps() async throws {
  // sklearn 1.9.1 within the knots; beyond them it fails for degree 0, and here the end goes on.
  let stage = Spline(.numeric) { ($0.knots, $0.degree) = (3, 0) }
  let out = try await Pipeline([stage]).fit(Table(["x": .float([0, 10])]))
    .apply(Table(["x": .float([0, 4, 5, 10, -1, 11])]))
  #expect(out.values(of: "x_sp_0") == .float([1, 1, 0, 0, 1, 0]))
  #expect(out.values(of: "x_sp_1") == .float([0, 0, 1, 1, 0, 1]))
}

@Test func splinesOfAConstantColumnAreZero() async throws {
  // sklearn 1.9.1: SplineTransformer(degree=1, n_knots=2).fit_transform([[3], [3]]).
  let stage = Spline(.numeric) { ($0.knots, $0.degree) = (2, 1) }
  let out = try await served([stage], Table(["x": .float([3, 3])]))
  #expect(out.columns.map(\.values) == [.float([0, 0]), .float([0, 0])])
}

@Test func numbersBeyondTheKnotsCanBeRefused() async throws {
  let stage = Spline(.numeric) { $0.extrapolation = .error }
  let fitted = try await Pipeline([stage]).fit(Table(["x": .float(x)]))
  #expect {
    _ = try fitted.apply(Table(["x": .float([0, 101])]))
  } throws: {
    ($0 as? PrepError)?.message == "expected a number from -3.25 to 100.0, found 101.0"
  }
}

@Test func missingValuesAreZerosOrStay() async throws {
  let keeping = Spline(.numeric) { ($0.knots, $0.degree, $0.common.missing) = (2, 1, .keep) }
  let out = try await served([keeping], Table(["x": .float([0, nil, 10])]))
  #expect(out.columns.map(\.values) == [.float([1, nil, 0]), .float([0, nil, 1])])
}
