package dev.weir.lab.record;

import dev.weir.store.mongo.MongoTarget;
import dev.weir.store.mongo.MongoUploader;
import dev.weir.store.mongo.UploadListener;
import dev.weir.term.Progress;
import dev.weir.term.Terminal;
import java.nio.file.Path;
import java.time.Duration;

/// Uploads a run from its folder into MongoDB, and reports the progress.
final class RunUploadProgress implements UploadListener {
  private final Terminal terminal;
  private final MongoTarget target;
  private final Path folder;
  private final MongoUploader uploader;
  private final Progress progress;
  private volatile boolean catchingUp;

  private RunUploadProgress(Path folder, MongoTarget target, Terminal terminal) {
    this.terminal = terminal;
    this.target = target;
    this.folder = folder;
    this.progress = new Progress(terminal, "into MongoDB", System.nanoTime());
    this.uploader = MongoUploader.start(folder, target, this);
  }

  /// Follows a folder that is being recorded.
  static RunUploadProgress start(Path folder, MongoTarget target, Terminal terminal) {
    return new RunUploadProgress(folder, target, terminal);
  }

  /// Uploads the rest after the recording ended. Reports what is left, and how to upload it.
  ///
  /// @param max how long that may take
  /// @return whether all of it is there
  boolean finish(Duration max) {
    catchingUp = true;
    long left = uploader.close(max);
    terminal.clear();
    if (left == 0 && uploader.isComplete()) {
      terminal.print("database: %,d records in %s".formatted(uploader.shipped(), target));
      return true;
    }
    String what =
        left == 0 ? "not all records are certain to be" : "%,d records are not".formatted(left);
    terminal.report(
        "weir: %s in %s yet; nothing is lost: 'weir runs export %s' with the same options brings them"
            .formatted(what, target, folder));
    return false;
  }

  @Override
  public void away(String why) {
    terminal.report(
        "weir: %s; recording continues, and the rest follows when it is back".formatted(why));
  }

  @Override
  public void back(long behind) {
    terminal.report("weir: %s takes records again, %,d wait".formatted(target, behind));
  }

  @Override
  public void damaged(String file, long line, String why) {
    terminal.report("weir: %s: line %d is not a record: %s".formatted(file, line, why));
  }

  @Override
  public void refused(String why) {
    terminal.report("weir: " + why);
  }

  @Override
  public void progress(long shipped, long known) {
    if (catchingUp && shipped < known) {
      progress.show((double) shipped / known, "%,d records".formatted(shipped), System.nanoTime());
    }
  }
}
