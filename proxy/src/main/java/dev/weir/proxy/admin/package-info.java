/// The admin port: `/metrics`, `/status` and `/health`, with bounds that protect the data plane
/// from its readers.
///
/// [AdminPages] writes the pages, [CachedPage] shares one rendering among all who wait for it. Read
/// [AdminPort] first.
@NullMarked
package dev.weir.proxy.admin;

import org.jspecify.annotations.NullMarked;
