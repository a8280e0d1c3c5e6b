/// primecheck: a web app whose every answer costs CPU, and nothing of Weir's.
@NullMarked
package dev.weir.sample;

import org.jspecify.annotations.NullMarked;
