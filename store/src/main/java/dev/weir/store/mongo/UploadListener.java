package dev.weir.store.mongo;

/// Told how a run gets into a database. Called from the thread that ships; must not throw.
public interface UploadListener {
  /// Listens to nothing.
  UploadListener NONE = new UploadListener() {};

  /// The database does not take records just now; told once for each outage, in one line.
  default void away(String why) {}

  /// It takes records again; `behind` of them wait.
  default void back(long behind) {}

  /// A line that is no record; it is kept apart. Told of the first few of a run.
  default void damaged(String file, long line, String why) {}

  /// Nothing more of this run will be shipped, in one line.
  default void refused(String why) {}

  /// So many of so many records are there.
  default void progress(long shipped, long known) {}
}
