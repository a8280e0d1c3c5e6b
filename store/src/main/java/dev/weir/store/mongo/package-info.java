/// Runs in a MongoDB: uploaded from their folders while they record, listed, copied back and
/// deleted. Each line of a file becomes one document. A checkpoint per file says how far the upload
/// is, so an upload continues after an outage without gaps or duplicates. Start with [MongoRuns]
/// (what a database holds) and [MongoUploader] (the upload of a running recording); [RunUpload] is
/// the core of both.
@NullMarked
package dev.weir.store.mongo;

import org.jspecify.annotations.NullMarked;
