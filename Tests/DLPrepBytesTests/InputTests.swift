import DLPrepBytes
import DLPrepData
import Testing

@Suite struct InputTests {
  /// The text of a file as UTF-8, or how reading it failed.
  private func text(
    _ path: String,
    _ encoding: TextEncoding = .utf8
  ) -> Result<[UInt8], PrepError> {
    do throws(PrepError) {
      return .success(try Input(path, encoding: encoding).readAll())
    } catch {
      return .failure(error)
    }
  }

  /// What each of the corpus' gzip files must give; the tables behind them are all the same.
  @Test func gzipOfTheCorpus() throws {
    guard let folder = SharedFolder.path("corpora/own/compress") else { return }
    let want = try text("\(folder)/ok.csv.gz").get()
    #expect(want.split(separator: 0x0A).count == 2001)
    for name in [
      "gz_concatenated.csv.gz", "gz_empty_member_between.csv.gz", "gz_100_members.csv.gz",
      "gz_bgzf_like.csv.gz", "gz_header_fields.csv.gz", "gz_zero_padding.csv.gz",
      "gz_stored_blocks.csv.gz", "wrong_ext_gz_named_csv.csv", "wrong_ext_plain_named_gz.csv.gz",
      "no_extension_gz",
    ] {
      #expect(text("\(folder)/\(name)") == .success(want), "\(name)")
    }
    for name in ["gz_zero_bytes.csv.gz", "gz_of_nothing.csv.gz"] {
      #expect(text("\(folder)/\(name)") == .success([]), "\(name)")
    }
    for name in [
      "gz_trailing_garbage.csv.gz", "gz_trailing_plain_rows.csv.gz", "gz_second_member_cut.csv.gz",
      "gz_second_member_header_cut.csv.gz", "gz_cut_in_header.csv.gz", "gz_cut_after_header.csv.gz",
      "gz_cut_at_half.csv.gz", "gz_cut_before_crc.csv.gz", "gz_cut_in_crc.csv.gz",
      "gz_cut_before_isize.csv.gz", "gz_cut_in_isize.csv.gz", "gz_bad_crc.csv.gz",
      "gz_bad_isize.csv.gz", "gz_bad_deflate.csv.gz", "gz_bad_hcrc.csv.gz",
      "gz_reserved_flag.csv.gz", "gz_method_7.csv.gz", "gz_magic_only.csv.gz", "gz_of_gz.csv.gz",
      "ok.csv.zst", "bz2_magic_only.csv.bz2", "ok.csv.xz",
    ] {
      guard case .failure(let error) = text("\(folder)/\(name)") else {
        Issue.record("\(name) was accepted")
        continue
      }
      #expect(error.code == .compression, "\(name): \(error)")
      #expect(error.place == Place(file: "\(folder)/\(name)"))
    }
    for name in ["zip_of_csv.csv.zip", "tar_gz.csv.gz"] {
      guard case .failure(let error) = text("\(folder)/\(name)") else {
        Issue.record("\(name) was accepted")
        continue
      }
      #expect(error.code == .format, "\(name): \(error)")
    }
  }

  @Test func encodingsOfTheCorpus() throws {
    guard let folder = SharedFolder.path("corpora/own/csv") else { return }
    func string(_ name: String, _ encoding: TextEncoding = .utf8) throws -> String {
      String(decoding: try text("\(folder)/\(name)", encoding).get(), as: UTF8.self)
    }
    #expect(try string("bom_utf8.csv") == string("plain.csv"))
    let wide = try string("bom_utf16le.csv")
    #expect(wide.hasPrefix("a,b") || wide.unicodeScalars.first?.isASCII == true)
    #expect(try string("bom_utf16be.csv") == wide)
    #expect(
      try string("utf16le_no_bom.csv", .utf16le).unicodeScalars.first?.isASCII == true
    )
    #expect(try string("latin1.csv", .latin1).contains("\u{e9}"))
    for (name, line, column) in [
      ("utf16le_odd_length.csv", 3, 1), ("utf16le_lone_surrogate.csv", 2, 3),
    ] {
      guard case .failure(let error) = text("\(folder)/\(name)") else {
        Issue.record("\(name) was accepted")
        continue
      }
      #expect(error.code == .encoding)
      #expect(error.place == Place(file: "\(folder)/\(name)", line: line, column: column))
    }
    // A mark decides over what is stated.
    #expect(try string("bom_utf16le.csv", .latin1) == wide)
  }

  @Test(arguments: [1, 2, 3, 5, 1000]) func pairsAndUnitsAcrossReads(piece: Int) throws {
    let text = "a\u{1F600}\u{e9}\r\nz\u{20AC}"
    for encoding in [TextEncoding.utf16le, .utf16be] {
      var bytes: [UInt8] = []
      for unit in text.utf16 {
        let pair = [UInt8(unit >> 8), UInt8(truncatingIfNeeded: unit)]
        bytes += encoding == .utf16be ? pair : pair.reversed()
      }
      let source = TranscodingSource(MemorySource(bytes, piece: piece), from: encoding)
      #expect(try source.readAll() == Array(text.utf8))
    }
  }

  @Test func undefinedBytesOfCp1252() throws {
    let good = TranscodingSource(MemorySource([0x80, 0x41, 0x9F, 0xE9]), from: .cp1252)
    #expect(String(decoding: try good.readAll(), as: UTF8.self) == "\u{20AC}A\u{178}\u{e9}")
    for byte in [0x81, 0x8D, 0x8F, 0x90, 0x9D] as [UInt8] {
      let source = TranscodingSource(MemorySource([0x0D, 0x0A, 0x41, byte]), from: .cp1252)
      do throws(PrepError) {
        _ = try source.readAll()
        Issue.record("\(byte) was accepted")
      } catch {
        #expect(error.code == .encoding)
        #expect(error.place == Place(file: "<memory>", line: 2, column: 2))
      }
    }
  }

  @Test func missingFilesAndFolders() {
    guard case .failure(let missing) = text("/nonexistent/file.csv") else {
      Issue.record("a missing file was opened")
      return
    }
    #expect(missing.code == .io)
    #expect(
      missing.description.hasPrefix(
        "/nonexistent/file.csv: io: can't open it: no such file or directory; "
      )
    )
    guard case .failure(let folder) = text("/") else {
      Issue.record("a folder was opened")
      return
    }
    #expect(folder.description.hasPrefix("/: io: expected a file, found a folder"))
  }

  @Test func aSpoolGivesBackWhatItGot() throws {
    let spool = try Spool()
    let bytes = (0..<300).map { UInt8(truncatingIfNeeded: $0) }
    unsafe try bytes.withUnsafeBytes { all in
      for start in stride(from: 0, to: 300, by: 7) {
        let end = min(300, start + 7)
        let offset = unsafe try spool.append(.init(rebasing: all[start..<end]))
        #expect(offset == start)
      }
    }
    var back = [UInt8](repeating: 0, count: 400)
    let got = unsafe try back.withUnsafeMutableBytes { unsafe try spool.read(into: $0, at: 10) }
    #expect(got == 290 && Array(back[..<290]) == Array(bytes[10...]))
    #expect(spool.count == 300)
  }

  @Test func aPipeCanBeReadAgain() throws {
    let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0 / 3) }
    let source = ReplayableSource(MemorySource(bytes, piece: 13))
    var part = [UInt8](repeating: 0, count: 100)
    let got = unsafe try part.withUnsafeMutableBytes { unsafe try source.fill($0) }
    #expect(got == 100)
    source.rewind()
    #expect(try source.readAll() == bytes)
    source.rewind()
    #expect(try source.readAll() == bytes)
  }
}
