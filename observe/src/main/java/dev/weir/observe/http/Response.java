package dev.weir.observe.http;

/// A response of a server.
public sealed interface Response permits HeldResponse, StreamedResponse {}
