/// primecheck: a web app that spends CPU on every request. It uses nothing of Weir.
@NullMarked
package dev.weir.sample;

import org.jspecify.annotations.NullMarked;
