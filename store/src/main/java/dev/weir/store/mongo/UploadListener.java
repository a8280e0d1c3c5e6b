package dev.weir.store.mongo;

/// Follows the upload of a run. Called from the thread that uploads; must not throw.
public interface UploadListener {
  /// Ignores everything.
  UploadListener NONE = new UploadListener() {};

  /// The database does not accept records at the moment; reported once per outage, in one line.
  default void away(String why) {}

  /// It accepts records again; `behind` of them wait.
  default void back(long behind) {}

  /// A line is not a record and is stored separately. Called for the first few of a run.
  default void damaged(String file, long line, String why) {}

  /// The upload of this run ended early, in one line.
  default void refused(String why) {}

  /// `shipped` of `known` records are uploaded.
  default void progress(long shipped, long known) {}
}
