/// Which service a request is for, by its host and path.
///
/// A [RouteRule] is one line of a service's configuration; a [RouteTable] finds the rule that fits
/// a request's head best. Read [RouteTable] first.
@NullMarked
package dev.weir.proxy.route;

import org.jspecify.annotations.NullMarked;
