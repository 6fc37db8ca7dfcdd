import CDLPrepScan

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// What a program does once, before anything else.
public enum ProcessSetup {
  /// Makes failing writes errors that can be handled, and ending by a signal leave nothing behind.
  ///
  /// - SIGPIPE and SIGXFSZ are ignored: writes give EPIPE and EFBIG instead.
  /// - SIGINT, SIGTERM and SIGHUP remove temporary files, then end the process as they always do.
  /// - A standard stream that is closed is opened so that using it fails: otherwise the first file
  ///   opened would become standard output.
  /// - Large memory goes back to the system when it is freed, and isn't kept for later.
  public static func begin() {
    dlp_give_memory_back()
    dlp_ignore_sigpipe()
    dlp_ignore_sigxfsz()
    dlp_temps_handle_signals()
    for (number, flags) in [(Int32(0), O_WRONLY), (1, O_RDONLY), (2, O_RDONLY)]
    where fcntl(number, F_GETFD) == -1 {
      // The lowest free number is this one.
      _ = unsafe open("/dev/null", flags)
    }
  }
}
