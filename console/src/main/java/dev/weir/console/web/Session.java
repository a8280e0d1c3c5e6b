package dev.weir.console.web;

/// A viewer who may use the console.
///
/// @param name the name of the token
/// @param csrf what a change has to carry beside the cookie, which a foreign page cannot know
/// @param endNanos when it ends, on the server's clock
record Session(String name, String csrf, long endNanos) {}
