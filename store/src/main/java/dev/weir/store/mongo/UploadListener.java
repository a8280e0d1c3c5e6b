package dev.weir.store.mongo;

/// Follows the upload of a run. Called from the thread that uploads; must not throw.
public interface UploadListener {
  /// Listens to nothing.
  UploadListener NONE = new UploadListener() {};

  /// The database does not take records just now; reported once for each outage, in one line.
  default void away(String why) {}

  /// It takes records again; `behind` of them wait.
  default void back(long behind) {}

  /// A line that is no record; it is kept apart. Called for the first few of a run.
  default void damaged(String file, long line, String why) {}

  /// Nothing more of this run will be shipped, in one line.
  default void refused(String why) {}

  /// So many of so many records are there.
  default void progress(long shipped, long known) {}
}
