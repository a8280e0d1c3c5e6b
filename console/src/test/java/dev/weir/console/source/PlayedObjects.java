package dev.weir.console.source;

/// Objects as an Engine describes them, with the secrets that must not leave.
final class PlayedObjects {
  /// Stands in every place that may hold a secret.
  static final String SECRET = "SECRET-WORD";

  private PlayedObjects() {}

  static String node(String id, String name, String state) {
    return """
    {"ID":"%s","UpdatedAt":"2026-01-01T00:00:00Z","Spec":{"Role":"manager","Availability":"active",
     "Labels":{"password":"%s"}},
     "Description":{"Hostname":"%s","Resources":{"NanoCPUs":2000000000,"MemoryBytes":4000},
     "Engine":{"EngineVersion":"27.1","Labels":{"x":"%s"}},"TLSInfo":{"TrustRoot":"%s"}},
     "Status":{"State":"%s","Addr":"10.0.0.1"},
     "ManagerStatus":{"Leader":true,"Reachability":"reachable","Addr":"10.0.0.1:2377"}}\
    """
        .formatted(id, SECRET, name, SECRET, SECRET, state);
  }

  static String service(String id, String name, int replicas, String labels) {
    return """
    {"ID":"%s","Version":{"Index":7},"Spec":{"Name":"%s","Labels":{"other":"%s"%s},
     "TaskTemplate":{"ContainerSpec":{"Image":"web:1@sha256:abc","Env":["PASSWORD=%s"],
     "Args":["--token=%s"],"Labels":{"a":"%s"},"Secrets":[{"SecretName":"%s"}]}},
     "Mode":{"Replicated":{"Replicas":%d}}},"UpdateStatus":{"State":"updating",
     "StartedAt":"2026-01-01T00:00:00Z","Message":"update in progress"}}\
    """
        .formatted(id, name, SECRET, labels, SECRET, SECRET, SECRET, SECRET, replicas);
  }

  static String task(String id, String service, int slot, String state, String desired) {
    return """
    {"ID":"%s","ServiceID":"%s","Slot":%d,"NodeID":"n1","DesiredState":"%s",
     "CreatedAt":"2026-01-01T00:00:00Z",
     "Spec":{"ContainerSpec":{"Image":"web:1","Env":["PASSWORD=%s"],"Hosts":["%s"]}},
     "Status":{"State":"%s","Timestamp":"2999-01-01T00:00:00Z","Err":"%s",
     "ContainerStatus":{"ContainerID":"x","ExitCode":137}},
     "NetworksAttachments":[{"Network":{"Spec":{"Labels":{"l":"%s"}}},"Addresses":["10.0.1.5/24"]}]}\
    """
        .formatted(
            id,
            service,
            slot,
            desired,
            SECRET,
            SECRET,
            state,
            state.equals("failed") ? "task: non-zero exit (137)" : "",
            SECRET);
  }

  /// A balancer's status, of one service `web` with one replica for task `aaaaaaaaaaaa…`.
  static String status(String instance, double arrivals, int queued, String latency) {
    return """
    {"version":"1","instance":"%s","uptimeSeconds":5,"connections":3,"services":[{"name":"web",
     "policy":"weir","queued":%d,"inFlight":2,"arrivals":100,"refusedFull":1,"refusedDeadline":0,
     "refusedNoReplica":0,"refusedStartFailed":0,"arrivalsPerSecond":%s,"arrivalScv":1.0,
     "arrivalIdc":null,"serviceMeanSeconds":0.05,"workMeanSeconds":0.05,"workScv":1.0,
     "latency":%s,"slo":{"promise":"p99<300ms"},
     "replicas":[{"id":"web.1.aaaaaaaaaaaa","state":"active","inFlight":2,"limit":4,"knee":2,
     "limitReason":"learned","succeeded":9,"failed":0,"serviceMeanSeconds":0.05}]}]}\
    """
        .formatted(instance, queued, arrivals, latency);
  }
}
