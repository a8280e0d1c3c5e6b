/// Tests of runs in MongoDB, with a server in this process.
@NullMarked
package dev.weir.store.mongo;

import org.jspecify.annotations.NullMarked;
