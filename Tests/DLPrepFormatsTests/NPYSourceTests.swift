import DLPrepBytes
import DLPrepData
import Testing

@testable import DLPrepFormats

/// Headers as `numpy.save` writes them, and others that are no array of numbers.
struct NPYSourceTests {
  @Test(arguments: [
    ("{'descr': '<f4', 'fortran_order': False, 'shape': (3, 2), }   \n", [3, 2]),
    ("{'descr': '<f8', 'fortran_order': False, 'shape': (5,), }\n", [5]),
    ("{'descr': '|b1', 'fortran_order': False, 'shape': (), }\n", []),
    ("{'shape': (0, 7), 'fortran_order': False, 'descr': '<i8', }\n", [0, 7]),
  ])
  func headersAreRead(_ header: String, _ sizes: [Int]) throws {
    #expect(try NPYShape(header, file: "x.npy").sizes == sizes)
  }

  @Test(arguments: [
    "", "{}",
    "{'descr': '>f4', 'fortran_order': False, 'shape': (3, 2), }",
    "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (3,), }",
    "{'descr': '<f4', 'fortran_order': True, 'shape': (3, 2), }",
    "{'descr': '<f4', 'fortran_order': False, 'shape': (-3, 2), }",
    "{'descr': '<f4', 'fortran_order': False, 'shape': (a, 2), }",
    "{'descr': '<f8', 'fortran_order': False, 'shape': (4611686018427387904, 2), }",
    "{'descr': '<f8', 'fortran_order': False, 'shape': (99999999999999999999,), }",
  ])
  func otherHeadersAreRefused(_ header: String) {
    let error = #expect(throws: PrepError.self) { try NPYShape(header, file: "x.npy") }
    #expect(error?.code == .format)
  }
}
