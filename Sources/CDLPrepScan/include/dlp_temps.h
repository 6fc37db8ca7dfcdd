/// The temporary files of this process, so that a signal handler can remove them.
#pragma once

#ifdef __cplusplus
extern "C" {
#endif

/// Registers a file to be removed if a signal ends the process; a slot, or -1 if there is no room
/// (then only a later run's sweep would find it).
int dlp_temps_add(const char *path);

/// Forgets the file in a slot; -1 is ignored.
void dlp_temps_remove(int slot);

/// Removes all registered files; safe in a signal handler.
void dlp_temps_unlink_all(void);

/// Makes SIGINT, SIGTERM and SIGHUP remove the registered files and then end the process as they
/// would have anyway. Signals that are ignored stay so (`nohup`).
void dlp_temps_handle_signals(void);

/// Lets signals wait: several files are being put in place, and no half of them may stay. Calls
/// nest; what came meanwhile ends the process at the last `dlp_temps_release`.
void dlp_temps_hold(void);

/// Ends a `dlp_temps_hold`.
void dlp_temps_release(void);

/// Makes writing past the file size limit an error instead of the end of the process.
void dlp_ignore_sigxfsz(void);

/// Makes writing to a closed pipe an error (EPIPE) instead of the end of the process.
void dlp_ignore_sigpipe(void);

#ifdef __cplusplus
}
#endif
